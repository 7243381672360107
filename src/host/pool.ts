import type { Analysis, AnalysisResult } from '../analyses/analysis'
import type { MethodParams, Progress } from '../contract/contract'
import { EngineFailure, failureOf } from '../contract/failure'
import { checkedAnalysis } from '../analyses/checked-analysis'
import { Assignments, type Part } from './assignments'
import { RestartingEngine, onTheCpu } from './restarting-engine'
import type { EngineProcess } from '../contract/engine-process'
import { LeastRecentlyUsed } from '../core/least-recently-used'
import { leftWaiting } from './left-waiting'
import { completed } from './merged-parts'
import { mergedProgress } from './merged-progress'
import { preparations } from './preparations'
import { isCpu } from '../contract/provider-choice'
import type { CallContext } from '../contract/rpc-server'
import { unwatched } from '../contract/unwatched'

/** How many sums a first look is at where the analysis does not say; and how large a data set must be to be worth one. */
const usualLook = 48
const worthALook = 1000

/** How long after its last answer the pool gets ready what will be asked next, ms. */
const idleMs = 500

/** How many results are kept, in case the same question is asked again. */
const keptResults = 24

type Question = MethodParams<'analyze'>

/** What a question is asked with, and of which model: another provider is opened with the same source. */
interface Asking extends CallContext {
  readonly source: MethodParams<'openModel'>['source'] | undefined
}

interface Worker {
  readonly engine: RestartingEngine
  /** Which opened model it has, see `Pool.open`, and when it has it. */
  model: { readonly number: number; readonly ready: Promise<unknown> }
  /** First looks and quick jobs that it has not answered yet. */
  looks: number
}

/**
 * Processes of lowered priority that run analyses, so that the live one never does. They are started when first needed. Jobs
 * are taken up in order of arrival, but what needs no data set runs at once, and of a large one every job first tells what
 * its first sums say, while others run. A sweep that can be divided is shared by all processes, on the CPU: an accelerator is
 * one for them all; there it gives way to what one process answers alone. A job whose process dies, or whose provider fails,
 * is run once more; in the second case all others are then run on the CPU too.
 */
export class Pool {
  readonly #workers: readonly Worker[]
  readonly #results = new LeastRecentlyUsed<AnalysisResult>(keptResults)
  readonly #assignments: Assignments<Worker>
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The model that the processes have been got ready for. */
  #prepared = 0
  #opened: { readonly params: MethodParams<'openModel'>; readonly number: number } | undefined

  /** `onProviderFailure` is told why a provider other than the CPU is no longer used. */
  constructor(
    spawn: () => EngineProcess,
    size: number,
    private readonly onProviderFailure: (reason: string) => void = () => {},
  ) {
    const quiet = { death: () => {}, lostModel: () => {} }
    this.#workers = Array.from({ length: size }, () => ({
      engine: new RestartingEngine(spawn, quiet),
      model: { number: 0, ready: Promise.resolve() },
      looks: 0,
    }))
    this.#assignments = new Assignments(this.#workers, (worker) => this.#isOpen(worker))
  }

  /** Process ids, of those that were started. */
  get pids(): readonly number[] {
    return this.#workers.flatMap(({ engine }) => engine.pid ?? [])
  }

  /** From now on jobs run on this model, which has been opened elsewhere without complaint. */
  open(params: MethodParams<'openModel'>): void {
    this.#opened = { params, number: (this.#opened?.number ?? 0) + 1 }
  }

  async analyze(question: Question, context: CallContext): Promise<AnalysisResult> {
    const key = JSON.stringify([this.#opened?.number, question])
    const known = this.#results.get(key)
    if (known) return known
    const asking: Asking = { ...context, source: this.#opened?.params.source }
    const analysis = await checkedAnalysis(question.id, question.params)
    const result = isQuick(question, analysis)
      ? await this.#quickJob(question, asking)
      : await this.#sweep(question, analysis, asking)
    this.#results.set(key, result)
    return result
  }

  async #sweep(question: Question, analysis: Analysis, context: Asking): Promise<AnalysisResult> {
    await this.#firstLook(question, analysis, context)
    const shares = analysis.divides && isCpu(this.#opened?.params) ? this.#workers.length : 1
    return shares === 1 ? this.#job(question, context) : this.#share(question, analysis, shares, context)
  }

  /** Waits for no sweep to end, since within its process it overtakes the one that runs there. */
  async #quickJob(question: Question, context: Asking): Promise<AnalysisResult> {
    const worker = this.#lookout()
    if (!worker) return this.#job(question, context)
    return beside(worker, () => this.#runTwice(worker, question, context))
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const { engine } of this.#workers) engine.close()
  }

  /** Reports the answer of the first sums as a partial one. What goes wrong goes wrong again, and is told, in the whole. */
  async #firstLook(question: Question, analysis: Analysis, context: Asking): Promise<void> {
    const size = question.params.dataset?.size ?? 0
    const worker = size > worthALook ? this.#lookout() : undefined
    if (!worker) return
    try {
      const unreported = { ...context, progress: () => {} }
      const first = analysis.firstLook ?? usualLook
      const look = () => this.#run(worker, { ...question, schedule: { first } }, unreported)
      context.progress({ done: 0, total: size, look: first, partial: await beside(worker, look) })
    } catch {
      // As a failure of the contract, whatever reason the signal has.
      if (context.signal.aborted) throw leftWaiting.cancelled()
    }
  }

  /** The process with the fewest looks of those that need not lose the model of a running job for one. */
  #lookout(): Worker | undefined {
    const fit = (worker: Worker) => this.#isOpen(worker) || this.#assignments.isIdle(worker)
    return this.#workers.filter(fit).toSorted((one, other) => one.looks - other.looks)[0]
  }

  /** Runs the parts side by side; the first that fails ends the others. */
  async #share(question: Question, analysis: Analysis, of: number, context: Asking): Promise<AnalysisResult> {
    const stop = new AbortController()
    const stopAll = () => {
      stop.abort(context.signal.reason)
    }
    context.signal.addEventListener('abort', stopAll)
    const reports: Progress[] = []
    const partOf = async (index: number) => {
      const progress = (report: Progress) => {
        reports[index] = report
        context.progress(mergedProgress(reports, of, (partials) => completed(analysis, partials)))
      }
      return this.#job(
        { ...question, schedule: { share: { index, of } } },
        { ...context, signal: stop.signal, progress },
        'share',
      )
    }
    try {
      return completed(analysis, await Promise.all(Array.from({ length: of }, (_, index) => partOf(index))))
    } finally {
      context.signal.removeEventListener('abort', stopAll)
      stop.abort()
    }
  }

  async #job(question: Question, context: Asking, part: Part = 'single'): Promise<AnalysisResult> {
    const worker = await this.#assignments.take(part, context.signal, leftWaiting.cancelled)
    try {
      return await this.#runTwice(worker, question, context)
    } finally {
      this.#assignments.release(worker, part)
      this.#prepareSoon()
    }
  }

  /** Once nothing is asked, each process that has the model builds the graphs that it will be asked for. */
  #prepareSoon(): void {
    clearTimeout(this.#timer)
    const number = this.#opened?.number
    if (number === undefined || number === this.#prepared) return
    this.#timer = setTimeout(() => {
      const workers = this.#workers.filter((worker) => this.#isOpen(worker))
      if (!this.#workers.every((worker) => this.#assignments.isIdle(worker)) || this.#opened?.number !== number) return
      this.#prepared = number
      for (const worker of workers) void this.#prepare(worker, this.#workers.indexOf(worker))
    }, idleMs)
  }

  /** What fails here fails again, and is told, where it is asked for. */
  async #prepare(worker: Worker, index: number): Promise<void> {
    const of = isCpu(this.#opened?.params) ? this.#workers.length : 1
    for (const question of preparations({ index: of === 1 ? 0 : index, of }))
      await worker.engine.call('analyze', question, unwatched).catch(() => {})
  }

  /** Runs a job, and once more where its process died or its provider failed. */
  async #runTwice(worker: Worker, question: Question, context: Asking): Promise<AnalysisResult> {
    try {
      return await this.#run(worker, question, context).catch((error: unknown) => {
        const { code, message } = failureOf(error)
        if (code !== 'engine-died' && code !== 'provider-failed') throw error
        this.#fallBack(message)
        return this.#run(worker, question, context)
      })
    } catch (error) {
      if (failureOf(error).code !== 'engine-died') throw error
      throw new EngineFailure('engine-died', `The process that ran "${question.id}" ended twice; ask for it once more.`)
    }
  }

  #fallBack(reason: string): void {
    if (!this.#opened || isCpu(this.#opened.params)) return
    this.open(onTheCpu(this.#opened.params))
    this.onProviderFailure(reason)
  }

  async #run(worker: Worker, question: Question, context: Asking): Promise<AnalysisResult> {
    const opened = this.#opened
    if (opened?.params.source !== context.source) throw leftWaiting.otherModel()
    if (opened && worker.model.number !== opened.number) this.#reopen(worker, opened)
    await worker.model.ready
    return worker.engine.call('analyze', question, context)
  }

  #isOpen(worker: Worker): boolean {
    return worker.model.number === this.#opened?.number
  }

  /** Once for all jobs that want the model; after a failure the next one tries again. */
  #reopen(worker: Worker, { params, number }: { params: MethodParams<'openModel'>; number: number }): void {
    const ready = worker.engine.call('openModel', params, unwatched)
    const model = { number, ready }
    worker.model = model
    this.#assignments.serve()
    ready.catch(() => {
      if (worker.model === model) worker.model = { number: 0, ready: Promise.resolve() }
    })
  }
}

/** Work that a process does beside its own job, counted while it lasts. */
function beside<T>(worker: Worker, work: () => Promise<T>): Promise<T> {
  worker.looks++
  return work().finally(() => worker.looks--)
}

/** Whether an analysis is over once it has run a sum, or read the weights: one over many sums names its data set. */
function isQuick({ params }: Question, analysis: Analysis): boolean {
  return params.dataset === undefined && !analysis.divides
}
