import type { EngineProcess } from '../contract/engine-process'
import type { TrainerAnswer, TrainerRequest } from '../contract/trainer'
import type { RunProgress, RunState } from '../contract/training'
import { BadInput } from '../core/bad-input'

/** How often the process may die in a row without getting further, before it is given up. */
const mostDeaths = 3
/** How long it may take to stop, or say nothing, ms. */
const patience = { stop: 20_000, silence: 120_000 }

/**
 * A training in a process of its own, started again from its last checkpoint when it dies. `begun` resolves at its first step's
 * report and rejects with a sentence where it cannot begin; `ended` resolves when its process has ended for good.
 */
export class TrainingRun {
  readonly begun: Promise<RunProgress>
  readonly ended: Promise<RunProgress>
  readonly #listeners = new Set<(progress: RunProgress) => void>()
  #process: EngineProcess | undefined
  #progress: RunProgress
  #deaths = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** How it is to end, once a person said so. */
  #wish: 'paused' | 'stopped' | null = null
  /** The first report of this process, for its speed. */
  #since: { readonly at: number; readonly step: number } | null = null
  #settle!: { begin: (progress: RunProgress) => void; refuse: (error: Error) => void; end: () => void }

  constructor(
    private readonly spawn: () => EngineProcess,
    request: Exclude<TrainerRequest, { kind: 'stop' }>,
  ) {
    const path = request.folder
    this.#progress = { path, state: 'running', step: 0, steps: 0, checkpoint: 0, secondsLeft: null, sentence: null }
    this.begun = new Promise((begin, refuse) => {
      this.#settle = { begin, refuse, end: () => {} }
    })
    this.begun.catch(() => {})
    this.ended = new Promise((resolve) => {
      this.#settle.end = () => {
        resolve(this.#progress)
      }
    })
    this.#start(request)
  }

  get progress(): RunProgress {
    return this.#progress
  }

  /** Hears of every change until the returned function is called. */
  listen(listener: (progress: RunProgress) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends the process at its next step. What it has done since its last checkpoint is done again when it is resumed. */
  stop(how: 'paused' | 'stopped'): Promise<RunProgress> {
    if (this.#process) {
      this.#wish = how
      this.#watch(patience.stop)
      this.#process.port.post({ kind: 'stop', keeps: how === 'stopped' } satisfies TrainerRequest)
    }
    return this.ended
  }

  /** Ends the process at once. */
  close(): void {
    this.#wish ??= 'paused'
    this.#process?.kill()
  }

  #start(request: TrainerRequest): void {
    const process = this.spawn()
    this.#process = process
    this.#since = null
    process.port.onClose((reason) => {
      if (this.#process === process) this.#died(reason)
    })
    process.port.on((message) => {
      if (this.#process === process) this.#hear(message as TrainerAnswer)
    })
    this.#watch(patience.silence)
    process.port.post(request)
  }

  #hear(answer: TrainerAnswer): void {
    if (answer.kind === 'failure') this.#end('failed', answer.message)
    else if (answer.kind === 'ended') this.#end(answer.finished ? 'finished' : (this.#wish ?? 'paused'), null)
    else {
      if (this.#wish === null) this.#watch(patience.silence)
      const { path, step, steps, checkpoint } = answer
      if (checkpoint > this.#progress.checkpoint) this.#deaths = 0
      this.#tell({ ...this.#progress, path, step, steps, checkpoint, secondsLeft: this.#secondsLeft(step, steps) })
      this.#settle.begin(this.#progress)
    }
  }

  #secondsLeft(step: number, steps: number): number | null {
    const now = Date.now()
    this.#since ??= { at: now, step }
    const taken = step - this.#since.step
    return taken > 0 ? ((now - this.#since.at) / 1000 / taken) * (steps - step) : null
  }

  #died(reason: string): void {
    this.#process = undefined
    clearTimeout(this.#timer)
    const { path, steps } = this.#progress
    if (this.#wish !== null) this.#end(this.#wish, null)
    else if (steps === 0) this.#end('failed', `The training did not begin: ${reason}; try once more.`)
    else if (++this.#deaths < mostDeaths) this.#start({ kind: 'resume', folder: path })
    else
      this.#end(
        'failed',
        `The training stopped ${mostDeaths} times in a row (${reason}); its last checkpoint is kept: resume it to go on.`,
      )
  }

  #end(state: RunState, sentence: string | null): void {
    const process = this.#process
    this.#process = undefined
    clearTimeout(this.#timer)
    process?.kill()
    const { checkpoint, step } = this.#progress
    this.#tell({
      ...this.#progress,
      state,
      sentence,
      secondsLeft: null,
      step: state === 'finished' ? step : checkpoint,
    })
    this.#settle.refuse(new BadInput(sentence ?? 'The training was stopped before it began; start it again.'))
    this.#settle.end()
  }

  #tell(progress: RunProgress): void {
    this.#progress = progress
    for (const listener of this.#listeners) listener(progress)
  }

  #watch(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#process?.kill(), ms)
  }
}
