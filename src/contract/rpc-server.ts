import { z } from 'zod'
import { methods, type Method, type MethodParams, type Progress, type MethodResult } from './contract'
import { EngineFailure, failureOf, type Failure, type FailureCode } from './failure'
import { whyNotPlain } from './plain-message'
import type { Port } from './port'
import type { Reply } from './rpc-message'

/** What a handler is given beside its validated parameters. */
export interface CallContext {
  /** Fires when the caller no longer wants the answer; its reason is an `EngineFailure` of code `cancelled`. */
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

/** One function for every method of the contract, as a window is served them. */
export type Handlers = {
  readonly [M in Method]: (params: MethodParams<M>, context: CallContext) => Promise<MethodResult<M>>
}

/**
 * What an engine process answers by itself; to compare providers, to know what was opened before, to evaluate in the background and
 * to train is for whoever starts processes.
 */
export type EngineHandlers = Omit<Handlers, 'providers' | 'knownModels' | 'exhaustive' | 'runs' | 'startRun' | 'run'>

/** What was wrong is told in a sentence, however long the names were that it was told with. */
const longestReason = 200

const idSchema = z.int().min(0)
const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: idSchema, method: z.string().max(60), params: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: idSchema }),
])

/**
 * The answering half of the rpc over any port. Every arriving message is validated, its envelope here and its parameters
 * by the contract's schema; what does not fit is refused with a code and reaches no handler. When the port closes, every
 * running call is cancelled.
 */
export function serveEngine(port: Port, handlers: Partial<Handlers>): void {
  const running = new Map<number, AbortController>()

  const reply = (message: Reply) => {
    port.post(message)
  }

  const refuse = (id: number | undefined, code: FailureCode, message: string) => {
    const failure: Failure = { code, message }
    reply(id === undefined ? { kind: 'refusal', failure } : { kind: 'failure', id, failure })
  }

  const perform = async <M extends Method>(id: number, handler: Handlers[M], params: MethodParams<M>) => {
    const controller = new AbortController()
    running.set(id, controller)
    const ifWanted = (message: Reply) => {
      if (running.get(id) === controller) reply(message)
    }
    try {
      const result = await handler(params, {
        signal: controller.signal,
        progress: (progress) => {
          ifWanted({ kind: 'progress', id, progress })
        },
      })
      ifWanted({ kind: 'result', id, result })
    } catch (error) {
      ifWanted({ kind: 'failure', id, failure: failureOf(error) })
    } finally {
      if (running.get(id) === controller) running.delete(id)
    }
  }

  const cancel = (id: number) => {
    const controller = running.get(id)
    running.delete(id)
    controller?.abort(new EngineFailure('cancelled', 'The call was cancelled by its caller.'))
  }

  port.on((message) => {
    const notPlain = whyNotPlain(message)
    if (notPlain !== null) {
      refuse(callOf(message), 'bad-message', `A message to the engine was refused: ${notPlain}.`)
      return
    }
    const request = requestSchema.safeParse(message)
    if (!request.success) {
      refuse(undefined, 'bad-message', `A message to the engine was refused: ${firstIssue(request.error)}.`)
      return
    }
    if (request.data.kind === 'cancel') {
      cancel(request.data.id)
      return
    }
    const { id, method } = request.data
    if (running.has(id)) {
      refuse(undefined, 'bad-message', `A message to the engine was refused: call ${id} is still running.`)
      return
    }
    const handler = isMethod(method) ? handlers[method] : undefined
    if (!isMethod(method) || !handler) {
      refuse(id, 'unknown-method', `The engine has no method "${method}"; it has ${Object.keys(handlers).join(', ')}.`)
      return
    }
    const params = methods[method].params.safeParse(request.data.params)
    if (params.success) void perform(id, handler, params.data)
    else refuse(id, 'bad-input', `The parameters of "${method}" were refused: ${firstIssue(params.error)}.`)
  })
  port.onClose(() => {
    for (const id of [...running.keys()]) cancel(id)
  })
}

/** The call that a message belongs to, as far as can be told before it is validated. */
function callOf(message: unknown): number | undefined {
  const { kind, id } = message as { kind?: unknown; id?: unknown }
  return kind === 'call' ? idSchema.safeParse(id).data : undefined
}

/** Own properties only: `constructor` or `__proto__` is no method. */
function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name)
}

/** The first thing that is wrong, and where: `at sum.a, expected int, received string`. */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'it does not fit the contract'
  const where = issue.path.length > 0 ? `at ${issue.path.join('.')}, ` : ''
  const what = `${where}${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`
  return what.length > longestReason ? `${what.slice(0, longestReason)}…` : what
}
