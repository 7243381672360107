import type { EngineClient, Method, MethodParams, Progress, MethodResult } from './contract'
import { EngineFailure, failureOf, type FailureCode } from './failure'
import type { Port } from './port'
import type { Reply, Request } from './rpc-message'

/** A caller's end of the contract. After `close`, every pending and every later call is rejected. */
export interface EngineConnection extends EngineClient {
  /** `reason` is a phrase that completes "…: ". */
  close(reason: string): void
}

interface Pending {
  readonly method: Method
  readonly lane: string | undefined
  readonly onProgress: ((progress: Progress) => void) | undefined
  readonly resolve: (result: never) => void
  readonly reject: (failure: EngineFailure) => void
  readonly forgetSignal: () => void
}

/**
 * The calling half of the rpc over any port. It validates nothing beyond the envelope: the engine is trusted, the callers
 * are typed. Calls reject with `EngineFailure`: the engine's own, or `cancelled`, `superseded`, `engine-died`. Where the port
 * `reopens`, only what is pending is rejected when it closes; a later call opens it anew.
 */
export function connectEngine(port: Port, { reopens = false } = {}): EngineConnection {
  const pending = new Map<number, Pending>()
  const lanes = new Map<string, number>()
  let nextId = 0
  let closed: string | undefined

  const send = (request: Request) => {
    port.post(request)
  }

  const settle = (id: number): Pending | undefined => {
    const call = pending.get(id)
    pending.delete(id)
    call?.forgetSignal()
    if (call?.lane !== undefined && lanes.get(call.lane) === id) lanes.delete(call.lane)
    return call
  }

  const drop = (id: number, code: FailureCode, why: string) => {
    const call = settle(id)
    if (!call) return
    send({ kind: 'cancel', id })
    call.reject(new EngineFailure(code, `The call "${call.method}" was dropped: ${why}.`))
  }

  const rejectPending = (reason: string) => {
    for (const id of [...pending.keys()]) {
      const call = settle(id)
      call?.reject(unanswered(call.method, reason))
    }
  }
  const close = (reason: string) => {
    closed ??= reason
    rejectPending(closed)
  }

  port.on((message) => {
    if (!isReply(message) || message.kind === 'refusal') return
    if (message.kind === 'progress') pending.get(message.id)?.onProgress?.(message.progress)
    else if (message.kind === 'result') settle(message.id)?.resolve(message.result as never)
    else settle(message.id)?.reject(new EngineFailure(message.failure.code, message.failure.message))
  })
  port.onClose(reopens ? rejectPending : close)

  return {
    close,
    call<M extends Method>(
      method: M,
      params: MethodParams<M>,
      options: { onProgress?: (progress: Progress) => void; signal?: AbortSignal; newest?: string } = {},
    ) {
      const { onProgress, signal, newest: lane } = options
      return new Promise<MethodResult<M>>((resolve, reject) => {
        if (closed !== undefined) {
          reject(unanswered(method, closed))
          return
        }
        if (signal?.aborted) {
          reject(new EngineFailure('cancelled', `The call "${method}" was dropped: it was cancelled before it began.`))
          return
        }
        const earlier = lane === undefined ? undefined : lanes.get(lane)
        if (earlier !== undefined) drop(earlier, 'superseded', 'a newer call took its place')
        const id = nextId++
        const onAbort = () => {
          drop(id, 'cancelled', 'it was cancelled')
        }
        const forgetSignal = () => signal?.removeEventListener('abort', onAbort)
        pending.set(id, { method, lane, onProgress, resolve, reject, forgetSignal })
        if (lane !== undefined) lanes.set(lane, id)
        signal?.addEventListener('abort', onAbort, { once: true })
        try {
          send({ kind: 'call', id, method, params })
        } catch (error) {
          // What cannot be sent, such as a file that is too large, fails alone.
          const { code, message } = failureOf(error)
          settle(id)?.reject(new EngineFailure(code, message))
        }
      })
    },
  }
}

function unanswered(method: Method, reason: string): EngineFailure {
  return new EngineFailure('engine-died', `The call "${method}" was not answered: ${reason}.`)
}

const replyKinds: readonly unknown[] = ['progress', 'result', 'failure', 'refusal'] satisfies Reply['kind'][]

function isReply(message: unknown): message is Reply {
  return typeof message === 'object' && message !== null && 'kind' in message && replyKinds.includes(message.kind)
}
