import type { EngineClient, Method, MethodParams, Progress, MethodResult } from './contract'
import { EngineFailure, failureOf, type FailureCode } from './failure'
import type { Port } from './port'
import type { Reply, Request } from './rpc-message'

/** A caller's end of the contract. After `close`, every pending and every later call is rejected. */
export interface EngineConnection extends EngineClient {
  /** `reason` is a phrase that completes "…: ". */
  close(reason: string): void
}

interface CallOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** The lane in which only the newest call is answered. */
  readonly newest?: string
}

interface Pending extends Pick<CallOptions, 'onProgress'> {
  readonly method: Method
  readonly lane: string | undefined
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
  return new Connection(port, reopens)
}

class Connection implements EngineConnection {
  readonly #pending = new Map<number, Pending>()
  /** The call that is the newest of each lane. */
  readonly #lanes = new Map<string, number>()
  #nextId = 0
  #closed: string | undefined

  constructor(
    private readonly port: Port,
    reopens: boolean,
  ) {
    port.on((message) => {
      if (isReply(message) && message.kind !== 'refusal') this.#take(message)
    })
    port.onClose((reason) => {
      if (reopens) this.#rejectAll(reason)
      else this.close(reason)
    })
  }

  close(reason: string): void {
    this.#closed ??= reason
    this.#rejectAll(this.#closed)
  }

  call<M extends Method>(method: M, params: MethodParams<M>, options: CallOptions = {}): Promise<MethodResult<M>> {
    const { onProgress, signal, newest: lane } = options
    if (this.#closed !== undefined) return Promise.reject(unanswered(method, this.#closed))
    if (signal?.aborted) return Promise.reject(dropped('cancelled', method, 'it was cancelled before it began'))
    const earlier = lane === undefined ? undefined : this.#lanes.get(lane)
    if (earlier !== undefined) this.#drop(earlier, 'superseded', 'a newer call took its place')
    const id = this.#nextId++
    const onAbort = () => {
      this.#drop(id, 'cancelled', 'it was cancelled')
    }
    const forgetSignal = () => signal?.removeEventListener('abort', onAbort)
    return new Promise<MethodResult<M>>((resolve, reject) => {
      this.#pending.set(id, { method, lane, ...(onProgress && { onProgress }), resolve, reject, forgetSignal })
      if (lane !== undefined) this.#lanes.set(lane, id)
      signal?.addEventListener('abort', onAbort, { once: true })
      try {
        this.#send({ kind: 'call', id, method, params })
      } catch (error) {
        // What cannot be sent, such as a file that is too large, fails alone.
        const { code, message } = failureOf(error)
        this.#settle(id)?.reject(new EngineFailure(code, message))
      }
    })
  }

  #send(request: Request): void {
    this.port.post(request)
  }

  #take(reply: Exclude<Reply, { kind: 'refusal' }>): void {
    if (reply.kind === 'progress') this.#pending.get(reply.id)?.onProgress?.(reply.progress)
    else if (reply.kind === 'result') this.#settle(reply.id)?.resolve(reply.result as never)
    else this.#settle(reply.id)?.reject(new EngineFailure(reply.failure.code, reply.failure.message))
  }

  /** A call that is not pending any more, for whoever answers it. */
  #settle(id: number): Pending | undefined {
    const call = this.#pending.get(id)
    this.#pending.delete(id)
    call?.forgetSignal()
    if (call?.lane !== undefined && this.#lanes.get(call.lane) === id) this.#lanes.delete(call.lane)
    return call
  }

  #drop(id: number, code: FailureCode, why: string): void {
    const call = this.#settle(id)
    if (!call) return
    this.#send({ kind: 'cancel', id })
    call.reject(dropped(code, call.method, why))
  }

  #rejectAll(reason: string): void {
    for (const id of [...this.#pending.keys()]) {
      const call = this.#settle(id)
      call?.reject(unanswered(call.method, reason))
    }
  }
}

function dropped(code: FailureCode, method: Method, why: string): EngineFailure {
  return new EngineFailure(code, `The call "${method}" was dropped: ${why}.`)
}

function unanswered(method: Method, reason: string): EngineFailure {
  return new EngineFailure('engine-died', `The call "${method}" was not answered: ${reason}.`)
}

const replyKinds: readonly unknown[] = ['progress', 'result', 'failure', 'refusal'] satisfies Reply['kind'][]

function isReply(message: unknown): message is Reply {
  return typeof message === 'object' && message !== null && 'kind' in message && replyKinds.includes(message.kind)
}
