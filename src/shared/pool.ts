import type { AnalysisParams, AnalysisResult } from '../analyses/analysis'
import type { ParamsOf, Progress } from './contract'
import { EngineFailure, failureOf } from './failure'
import { KeptEngine, onTheCpu, type EngineProcess } from './kept-engine'
import { LeastRecentlyUsed } from './least-recently-used'
import { mergedParts } from './merged-parts'
import { isCpu } from './provider-choice'
import type { CallContext } from './rpc-server'

/** Analyses that run many cuts and can do a part of them (`AnalysisParams.part`). */
const divisible: readonly string[] = ['head-ablation', 'qkv-ablation', 'position-ablation']

/** How many results are kept, in case the same question is asked again. */
const keptResults = 24

interface Worker {
  readonly engine: KeptEngine
  /** Which opened model it has; see `Pool.open`. */
  model: number
}

/**
 * Processes of lowered priority that run analyses, so that the live one never does. They are started when first needed. Jobs
 * are taken up in order of arrival; a sweep that can be divided is shared by all processes, on the CPU: an accelerator is one
 * for them all. A job whose process dies, or whose provider fails, is run once more; in the second case all others are then
 * run on the CPU too.
 */
export class Pool {
  readonly #workers: readonly Worker[]
  readonly #results = new LeastRecentlyUsed<AnalysisResult>(keptResults)
  readonly #idle: Worker[]
  readonly #waiting: ((worker: Worker) => void)[] = []
  #opened: { readonly params: ParamsOf<'openModel'>; readonly number: number } | undefined

  /** `onProviderFailure` is told why a provider other than the CPU is no longer used. */
  constructor(
    spawn: () => EngineProcess,
    size: number,
    private readonly onProviderFailure: (reason: string) => void = () => {},
  ) {
    const quiet = { death: () => {}, lostModel: () => {} }
    this.#workers = Array.from({ length: size }, () => ({
      engine: new KeptEngine(spawn, quiet),
      model: 0,
    }))
    this.#idle = [...this.#workers]
  }

  /** Process ids, of those that were started. */
  get pids(): readonly number[] {
    return this.#workers.flatMap(({ engine }) => engine.pid ?? [])
  }

  /** From now on jobs run on this model, which has been opened elsewhere without complaint. */
  open(params: ParamsOf<'openModel'>): void {
    this.#opened = { params, number: (this.#opened?.number ?? 0) + 1 }
  }

  async analyze({ id, params }: ParamsOf<'analyze'>, context: CallContext): Promise<AnalysisResult> {
    const key = JSON.stringify([this.#opened?.number, id, params])
    const known = this.#results.get(key)
    if (known) return known
    const parts = divisible.includes(id) && isCpu(this.#opened?.params) ? this.#workers.length : 1
    const result = parts === 1 ? await this.#job(id, params, context) : await this.#share(id, params, parts, context)
    this.#results.set(key, result)
    return result
  }

  close(): void {
    for (const { engine } of this.#workers) engine.close()
  }

  /** Runs the parts side by side; the first that fails ends the others. */
  async #share(id: string, params: AnalysisParams, of: number, context: CallContext): Promise<AnalysisResult> {
    const stop = new AbortController()
    const stopAll = () => {
      stop.abort(context.signal.reason)
    }
    context.signal.addEventListener('abort', stopAll)
    const reports: Progress[] = []
    const partOf = async (index: number) => {
      const progress = (report: Progress) => {
        reports[index] = report
        context.progress(total(reports, of))
      }
      return this.#job(id, { ...params, part: { index, of } }, { signal: stop.signal, progress })
    }
    try {
      return mergedParts(await Promise.all(Array.from({ length: of }, (_, index) => partOf(index))))
    } finally {
      context.signal.removeEventListener('abort', stopAll)
      stop.abort()
    }
  }

  async #job(id: string, params: AnalysisParams, context: CallContext): Promise<AnalysisResult> {
    const worker = await this.#freeWorker(context.signal)
    try {
      return await this.#run(worker, id, params, context).catch((error: unknown) => {
        const { code, message } = failureOf(error)
        if (code !== 'engine-died' && code !== 'provider-failed') throw error
        this.#fallBack(message)
        return this.#run(worker, id, params, context)
      })
    } catch (error) {
      if (failureOf(error).code !== 'engine-died') throw error
      throw new EngineFailure('engine-died', `The process that ran "${id}" ended twice; ask for it once more.`)
    } finally {
      this.#release(worker)
    }
  }

  #fallBack(reason: string): void {
    if (!this.#opened || isCpu(this.#opened.params)) return
    this.open(onTheCpu(this.#opened.params))
    this.onProviderFailure(reason)
  }

  async #run(worker: Worker, id: string, params: AnalysisParams, context: CallContext): Promise<AnalysisResult> {
    const opened = this.#opened
    if (opened && worker.model !== opened.number) {
      await worker.engine.call('openModel', opened.params, { ...context, progress: () => {} })
      worker.model = opened.number
    }
    return worker.engine.call('analyze', { id, params }, context)
  }

  /** A worker that is the caller's alone until it is released. Throws when the signal fires while it waits for one. */
  #freeWorker(signal: AbortSignal): Promise<Worker> {
    signal.throwIfAborted()
    const free = this.#idle.pop()
    if (free) return Promise.resolve(free)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(new EngineFailure('cancelled', 'The analysis was cancelled while it waited for its turn.'))
      }
      const take = (worker: Worker) => {
        signal.removeEventListener('abort', leave)
        resolve(worker)
      }
      this.#waiting.push(take)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  #release(worker: Worker): void {
    const next = this.#waiting.shift()
    if (next) next(worker)
    else this.#idle.push(worker)
  }
}

/** Progress of all parts together. A partial result is there as soon as every part has one. */
function total(reports: readonly Progress[], parts: number): Progress {
  const known = reports.filter((report) => report as Progress | undefined)
  const sum = (count: (report: Progress) => number) => known.reduce((all, report) => all + count(report), 0)
  const [done, all] = [sum((report) => report.done), (sum((report) => report.total) * parts) / known.length]
  const partials = known.map(({ partial }) => partial).filter((partial) => partial !== undefined)
  return partials.length < parts ? { done, total: all } : { done, total: all, partial: mergedParts(partials) }
}
