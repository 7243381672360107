import type { Method, MethodParams, MethodResult } from '../contract/contract'
import { EngineFailure, failureOf } from '../contract/failure'
import type { EngineProcess } from '../contract/engine-process'
import { connectEngine, type EngineConnection } from '../contract/rpc-client'
import type { CallContext } from '../contract/rpc-server'

interface Incarnation {
  readonly process: EngineProcess
  readonly connection: EngineConnection
  /** Settles (never rejects) when the model of the process before it is open again. */
  readonly ready: Promise<void>
  /** Whether it has answered anything; one that never did is not started again of itself, lest it die for ever. */
  answered: boolean
}

/**
 * One engine process that is started when first needed, and again with the same model when it has died: then on the CPU,
 * because another provider may have been what ended it.
 */
export class RestartingEngine {
  #current: Incarnation | undefined
  #opened: MethodParams<'openModel'> | undefined
  #closed = false

  constructor(
    private readonly spawn: () => EngineProcess,
    private readonly told: {
      /** Why the process ended, once per death. */
      readonly death: (reason: string) => void
      /** The sentence why the model could not be opened again. */
      readonly lostModel: (sentence: string) => void
    },
  ) {}

  get pid(): number | undefined {
    return this.#current?.process.pid
  }

  /** Rejects as `EngineFailure`, with `engine-died` if the process ended before it answered. */
  async call<M extends Method>(
    method: M,
    params: MethodParams<M>,
    { signal, progress }: CallContext,
  ): Promise<MethodResult<M>> {
    const engine = this.#engine()
    await engine.ready
    const result = await engine.connection.call(method, params, { signal, onProgress: progress })
    engine.answered = true
    if (method === 'openModel') this.#opened = params as MethodParams<'openModel'>
    return result
  }

  close(): void {
    this.#closed = true
    this.#current?.process.kill()
  }

  #engine(): Incarnation {
    if (this.#closed) throw new EngineFailure('engine-died', 'The engine was closed; start Carryscope again to go on.')
    return (this.#current ??= this.#start())
  }

  #start(): Incarnation {
    const process = this.spawn()
    const connection = connectEngine(process.port)
    const incarnation: Incarnation = { process, connection, ready: this.#reopen(connection), answered: false }
    process.port.onClose((reason) => {
      connection.close(reason)
      if (this.#current !== incarnation) return
      this.#current = undefined
      if (this.#closed) return
      this.#opened &&= onTheCpu(this.#opened)
      this.told.death(reason)
      if (incarnation.answered) this.#engine()
    })
    return incarnation
  }

  /** A model that no longer opens (its file is gone) leaves the engine without one. */
  async #reopen(connection: EngineConnection): Promise<void> {
    if (!this.#opened) return
    await connection.call('openModel', this.#opened).catch((error: unknown) => {
      const { code, message } = failureOf(error)
      if (code !== 'engine-died') this.told.lostModel(message)
    })
  }
}

/** How to open the same model to be computed on the CPU. */
export function onTheCpu({ source, processing }: MethodParams<'openModel'>): MethodParams<'openModel'> {
  return processing ? { source, processing } : { source }
}
