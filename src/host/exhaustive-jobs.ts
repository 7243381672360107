import type { MethodParams } from '../contract/contract'
import type { EngineProcess } from '../contract/engine-process'
import type { ExhaustiveReport } from '../contract/exhaustive'
import { EngineFailure } from '../contract/failure'
import type { CallContext } from '../contract/rpc-server'
import { ExhaustiveRun, type RunRequest } from './exhaustive-run'
import { longestSilence } from './restarting-engine'

/** Where evaluations of every sum are made and kept. */
export interface ExhaustiveHost {
  /** Starts a process for a part (`job-entry.ts`). */
  readonly spawn: () => EngineProcess
  readonly processes: number
  /** A folder for what is done. */
  readonly folder: string
}

/** The evaluations of every sum of the open model, clean and under interventions: one at a time, in the background. */
export class ExhaustiveJobs {
  #model: MethodParams<'openModel'> | undefined
  #current: { readonly key: string; readonly run: ExhaustiveRun } | undefined
  #closed = false

  constructor(
    private readonly host: ExhaustiveHost,
    private readonly silenceMs: number = longestSilence.exhaustive,
  ) {}

  /** Another model is open: what runs for the one before stops, and is kept. */
  open(model: MethodParams<'openModel'>): void {
    this.#model = model
    void this.#stop('another model was opened')
  }

  async call(
    { interventions, action }: MethodParams<'exhaustive'>,
    { signal, progress }: CallContext,
  ): Promise<ExhaustiveReport> {
    const model = this.#model
    if (!model) throw new EngineFailure('no-model', 'No model is open: open one to evaluate every sum.')
    const key = JSON.stringify([model, interventions])
    const request: RunRequest = {
      model,
      interventions,
      folder: this.host.folder,
      action: action === 'pause' ? 'look' : action,
    }
    if (action === 'pause') await this.#stop(null)
    const current = this.#current?.key === key && action !== 'again' ? this.#current.run : undefined
    if (action === 'look' || action === 'pause') return current?.report ?? this.#start(request).answer
    const run = current ?? (await this.#replace(key, request))
    const forget = run.listen((report) => {
      progress({ done: report.evaluation?.n ?? 0, total: report.total, exhaustive: report })
    })
    signal.addEventListener('abort', forget)
    try {
      return await run.answer
    } finally {
      forget()
      if (this.#current?.run === run) this.#current = undefined
    }
  }

  close(): void {
    this.#closed = true
    void this.#stop(null)
  }

  async #replace(key: string, request: RunRequest): Promise<ExhaustiveRun> {
    const why = this.#current?.key === key ? 'it begins anew' : 'other interventions are evaluated now'
    await this.#stop(why)
    // Whoever asked meanwhile was first.
    if (this.#current?.key === key) return this.#current.run
    const run = this.#start(request)
    this.#current = { key, run }
    return run
  }

  #start(request: RunRequest): ExhaustiveRun {
    if (this.#closed) throw new EngineFailure('engine-died', 'The engine was closed; start Carryscope again to go on.')
    return new ExhaustiveRun(this.host.spawn, request, this.host.processes, this.silenceMs)
  }

  async #stop(why: string | null): Promise<void> {
    const stopped = this.#current
    this.#current = undefined
    await stopped?.run.stop(why)
  }
}
