import type { Method, MethodParams, MethodResult, ModelInfo } from '../contract/contract'
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
  /** Takes it for dead, for a reason that completes "…: ". */
  readonly lose: (reason: string) => void
}

/** Milliseconds that an engine may be silent about a call: far more than any takes, for it to be sure that it hangs. */
export const longestSilence: Readonly<Record<Method, number>> = {
  explore: 30_000,
  status: 30_000,
  knownModels: 30_000,
  listModels: 30_000,
  describeModel: 120_000,
  exportModel: 60_000,
  openModel: 120_000,
  analyze: 120_000,
  analyzeCheckpoints: 120_000,
  providers: 120_000,
  exhaustive: 120_000,
  margins: 120_000,
  runs: 30_000,
  startRun: 120_000,
  run: 120_000,
  readRun: 60_000,
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
    private readonly silence: Readonly<Record<Method, number>> = longestSilence,
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
    const result = await this.#inTime(engine, method, (heard) =>
      engine.connection.call(method, params, {
        signal,
        onProgress: (report) => {
          heard()
          progress(report)
        },
      }),
    )
    engine.answered = true
    if (method === 'openModel') this.#opened = asOpened(params as MethodParams<'openModel'>, result as ModelInfo)
    return result
  }

  close(): void {
    this.#closed = true
    this.#current?.process.kill()
  }

  /** A process that neither answers nor reports progress hangs: it is ended, and its calls fail as if it had died. */
  async #inTime<T>(engine: Incarnation, method: Method, work: (heard: () => void) => Promise<T>): Promise<T> {
    const longest = this.silence[method]
    const hangs = () => {
      engine.lose(`it had not answered for ${longest / 1000} seconds`)
    }
    let timer = setTimeout(hangs, longest)
    try {
      return await work(() => {
        clearTimeout(timer)
        timer = setTimeout(hangs, longest)
      })
    } finally {
      clearTimeout(timer)
    }
  }

  #engine(): Incarnation {
    if (this.#closed) throw new EngineFailure('engine-died', 'The engine was closed; start Carryscope again to go on.')
    return (this.#current ??= this.#start())
  }

  #start(): Incarnation {
    const process = this.spawn()
    const connection = connectEngine(process.port)
    let ended = false
    const lose = (reason: string) => {
      if (ended) return
      ended = true
      process.kill()
      connection.close(reason)
      if (this.#current !== incarnation) return
      this.#current = undefined
      if (this.#closed) return
      this.#opened &&= onTheCpu(this.#opened)
      this.told.death(reason)
      if (incarnation.answered) this.#engine()
    }
    const ready = this.#reopen(connection)
    const incarnation: Incarnation = { process, connection, ready, answered: false, lose }
    void this.#inTime(incarnation, 'openModel', () => ready)
    process.port.onClose(lose)
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

/** How to open the same model again, without looking for its layout; refused where its file has changed meanwhile. */
export function asOpened(params: MethodParams<'openModel'>, { sha256, config }: ModelInfo): MethodParams<'openModel'> {
  return { ...params, layout: config.layout, expected: { sha256, config: JSON.stringify(config) } }
}

/** How to open the same model to be computed on the CPU. */
export function onTheCpu({ provider: _, ...params }: MethodParams<'openModel'>): MethodParams<'openModel'> {
  return params
}
