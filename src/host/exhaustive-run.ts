import type { EngineProcess } from '../contract/engine-process'
import type { EverySum, ExhaustiveReport, ExhaustiveState } from '../contract/exhaustive'
import type { JobAnswer, JobRequest } from '../contract/exhaustive-job'
import { BadInput } from '../core/bad-input'
import { mergedSums } from './exhaustive-parts'

/** How often a process of the same part may end before it is given up, if it got nowhere meanwhile. */
const mostDeaths = 3
/** How often a window is told, ms. */
const tellEvery = 500

/** What a run is asked: a job's request but for the part. */
export type RunRequest = Omit<JobRequest, 'shard'>

interface Part {
  process: EngineProcess | undefined
  evaluation: EverySum | null
  finished: boolean
  /** Whether it has told how far it is. */
  heard: boolean
  deaths: number
  timer: ReturnType<typeof setTimeout> | undefined
  /** Settles when its process has ended. */
  ended: Promise<void>
}

/**
 * One evaluation of every sum: a process for each part, each started again from what it kept when it dies or says nothing for
 * `silenceMs`. `answer` settles when all are done, or it was stopped; it rejects with a sentence where it cannot go on.
 */
export class ExhaustiveRun {
  readonly answer: Promise<ExhaustiveReport>
  readonly #parts: Part[]
  readonly #listeners = new Set<(report: ExhaustiveReport) => void>()
  #total = 0
  #told = -Infinity
  #stopped = false
  #sentence: string | null = null
  #settle!: { resolve: (report: ExhaustiveReport) => void; reject: (error: Error) => void }

  constructor(
    private readonly spawn: () => EngineProcess,
    private readonly request: RunRequest,
    private readonly count: number,
    private readonly silenceMs: number,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.answer.catch(() => {})
    this.#parts = Array.from({ length: request.action === 'look' ? 1 : count }, () => ({
      process: undefined,
      evaluation: null,
      finished: false,
      heard: false,
      deaths: 0,
      timer: undefined,
      ended: Promise.resolve(),
    }))
    for (const part of this.#parts) this.#start(part, request.action)
  }

  get report(): ExhaustiveReport {
    const evaluation = mergedSums(this.#parts.flatMap((part) => part.evaluation ?? []))
    return {
      state: this.#state(evaluation),
      total: this.#total,
      processes: this.count,
      evaluation,
      sentence: this.#sentence,
    }
  }

  /** Hears of progress, a few times a second, until the returned function is called. */
  listen(listener: (report: ExhaustiveReport) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends the processes; what they kept stays. `why` completes "Stopped at … sums: ". */
  async stop(why: string | null): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    const { evaluation } = this.report
    if (why !== null)
      this.#sentence = `Stopped at ${(evaluation?.n ?? 0).toLocaleString('en')} sums: ${why}; what is done is kept.`
    this.#end()
    await Promise.all(this.#parts.map(({ ended }) => ended))
    this.#settle.resolve(this.report)
  }

  #state(evaluation: EverySum | null): ExhaustiveState {
    if (evaluation && evaluation.n === this.#total) return 'done'
    if (!this.#stopped && this.request.action !== 'look') return 'running'
    return evaluation ? 'stopped' : 'none'
  }

  #start(part: Part, action: JobRequest['action']): void {
    const process = this.spawn()
    part.process = process
    part.ended = new Promise((resolve) => {
      process.port.onClose((reason) => {
        clearTimeout(part.timer)
        resolve()
        if (part.process === process) this.#died(part, reason)
      })
    })
    process.port.on((message) => {
      if (part.process === process) this.#hear(part, message as JobAnswer)
    })
    this.#watch(part)
    const shard = { index: this.#parts.indexOf(part) + 1, count: this.count }
    process.port.post({ ...this.request, action, shard } satisfies JobRequest)
  }

  #hear(part: Part, answer: JobAnswer): void {
    this.#watch(part)
    if (answer.kind === 'failure') {
      this.#fail(new BadInput(answer.message))
      return
    }
    this.#total = answer.total
    if ((answer.evaluation?.n ?? 0) > (part.evaluation?.n ?? 0)) part.deaths = 0
    part.evaluation = answer.evaluation
    part.finished = answer.finished
    part.heard = true
    if (answer.finished || this.request.action === 'look') this.#endPart(part)
    if (this.#parts.every(({ process }) => process === undefined)) {
      this.#stopped = true
      this.#settle.resolve(this.report)
    } else if (this.#parts.every(({ heard }) => heard) && Date.now() - this.#told >= tellEvery) {
      this.#told = Date.now()
      const { report } = this
      for (const listener of this.#listeners) listener(report)
    }
  }

  #died(part: Part, reason: string): void {
    part.process = undefined
    if (this.#stopped || part.finished) return
    part.deaths++
    if (part.deaths < mostDeaths) this.#start(part, this.request.action === 'look' ? 'look' : 'run')
    else
      this.#fail(
        new BadInput(
          `The evaluation stopped ${mostDeaths} times in a row (${reason}); what is done is kept: run again to go on.`,
        ),
      )
  }

  #watch(part: Part): void {
    clearTimeout(part.timer)
    part.timer = setTimeout(() => part.process?.kill(), this.silenceMs)
  }

  #endPart(part: Part): void {
    const { process } = part
    part.process = undefined
    clearTimeout(part.timer)
    process?.kill()
  }

  #fail(error: Error): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#end()
    this.#settle.reject(error)
  }

  #end(): void {
    for (const part of this.#parts) this.#endPart(part)
  }
}
