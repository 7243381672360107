import type { MethodParams } from '../contract/contract'
import type { EngineProcess } from '../contract/engine-process'
import { EngineFailure } from '../contract/failure'
import type { CallContext } from '../contract/rpc-server'
import type { TrainerRequest } from '../contract/trainer'
import type { KnownRuns, RunProgress } from '../contract/training'
import { TrainingRun } from './training-run'

/** Where trainings run and are remembered. */
export interface TrainingHost {
  /** Starts a process that trains (`trainer-entry.ts`). */
  readonly spawn: () => EngineProcess
  /** Folders of runs that were begun here, newest first, kept over restarts. */
  readonly begun: { readonly paths: readonly string[]; add(path: string): void }
  /** Folders that came with the program. */
  readonly bundled: () => readonly string[]
  /** A folder that is not there yet. */
  readonly place: () => string
}

/**
 * The trainings of this program, whichever window began them: a run outlives its window, and another one finds it. Closing ends
 * their processes; what they have done is on the disk.
 */
export class TrainingRuns {
  /** By folder. */
  readonly #runs = new Map<string, TrainingRun>()
  /** Those whose first step is waited for. */
  readonly #beginning = new Set<TrainingRun>()
  #closed = false

  constructor(private readonly host: TrainingHost) {}

  /** Those that go on now. */
  get running(): readonly RunProgress[] {
    return [...this.#runs.values()].map(({ progress }) => progress).filter(({ state }) => state === 'running')
  }

  known(): KnownRuns {
    const { begun, bundled, place } = this.host
    const paths = [...new Set([...begun.paths, ...bundled()])]
    return { begun: [...this.#runs.values()].map(({ progress }) => progress), paths, place: place() }
  }

  start({ folder, choices }: MethodParams<'startRun'>): Promise<RunProgress> {
    return this.#begin({ kind: 'begin', folder, choices })
  }

  async call({ path, action }: MethodParams<'run'>, { signal, progress }: CallContext): Promise<RunProgress> {
    const run = this.#runs.get(path)
    const isRunning = run?.progress.state === 'running'
    if (action === 'resume') return isRunning ? run.progress : this.#begin({ kind: 'resume', folder: path })
    if (!run) return idle(path)
    if (action === 'pause') return run.stop('paused')
    if (action === 'stop') return isRunning ? run.stop('stopped') : run.progress
    if (action === 'look' || !isRunning) return run.progress
    const forget = run.listen((now) => {
      progress({ done: now.step, total: now.steps, run: now })
    })
    signal.addEventListener('abort', forget)
    progress({ done: run.progress.step, total: run.progress.steps, run: run.progress })
    try {
      return await run.ended
    } finally {
      forget()
    }
  }

  /** Resolves when none goes on. */
  async settled(): Promise<void> {
    await Promise.all(this.#all.map((run) => run.ended))
  }

  /** Ends those that go on once they have stopped at a step, so that nothing is half written. */
  async pauseAll(): Promise<void> {
    await Promise.all(this.#all.map((run) => run.stop('paused')))
  }

  close(): void {
    this.#closed = true
    for (const run of this.#all) run.close()
  }

  get #all(): readonly TrainingRun[] {
    return [...this.#runs.values(), ...this.#beginning]
  }

  async #begin(request: Exclude<TrainerRequest, { kind: 'stop' }>): Promise<RunProgress> {
    if (this.#closed) throw new EngineFailure('engine-died', 'Carryscope is being closed; start it again to train.')
    const run = new TrainingRun(this.host.spawn, request)
    this.#beginning.add(run)
    const progress = await run.begun.finally(() => this.#beginning.delete(run))
    this.#runs.set(progress.path, run)
    this.host.begun.add(progress.path)
    return progress
  }
}

function idle(path: string): RunProgress {
  return { path, state: 'idle', step: 0, steps: 0, checkpoint: 0, secondsLeft: null, sentence: null }
}
