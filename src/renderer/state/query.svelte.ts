import type { AnalysisResult } from '../../analyses/analysis'
import type { AnalysisId, AnalysisParams, ParamsOf, ResultOf } from '../../analyses/registry'
import type { EngineClient, Progress } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import { LeastRecentlyUsed } from '../../core/least-recently-used'
import { Speedometer } from './speedometer'

/** How many answers a query keeps, so that undoing or going back and forth shows what is known at once. */
const keptAnswers = 4

/**
 * One analysis and its latest answer. Newest wins; an old result stays readable while `loading` says that it is stale, and
 * partial results take its place as they stream in. What was answered lately is not asked again.
 */
export class Query<P extends AnalysisParams = AnalysisParams, R extends AnalysisResult = AnalysisResult> {
  #result = $state.raw<R | null>(null)
  #progress = $state.raw<Progress | null>(null)
  #failure = $state<string | null>(null)
  #loading = $state(false)
  #asked: string | null = null
  readonly #kept = new LeastRecentlyUsed<R>(keptAnswers)
  #params: P | null = null
  #answered = $state.raw<P | null>(null)
  #look = $state<number | null>(null)
  #running = new AbortController()
  #wanting = 0

  constructor(
    private readonly engine: EngineClient,
    readonly id: string,
    /** Calls in one lane replace each other; every query has its own. */
    private readonly lane: string,
    private readonly onSpeed: (sumsPerSecond: number) => void = () => undefined,
  ) {}

  get result(): R | null {
    return this.#result
  }

  /** How far a running call has come, null when none runs. */
  get progress(): Progress | null {
    return this.#progress
  }

  /** Why the last call failed, in one sentence. */
  get failure(): string | null {
    return this.#failure
  }

  /** Whether the result shown answers an earlier question. */
  get loading(): boolean {
    return this.#loading
  }

  /** What the result answers, which may be an earlier question than the one last asked; null while there is none. */
  get answered(): P | null {
    return this.#answered
  }

  /** Of how many first sums the result is an estimate; null where it is no first look. */
  get look(): number | null {
    return this.#look
  }

  /** Asks, unless this is what was asked last. */
  ask(params: P): void {
    const key = JSON.stringify(params)
    if (key === this.#asked) return
    this.#asked = key
    this.#params = params
    const known = this.#kept.get(key)
    if (!known) void this.#run(key, true)
    else {
      this.#running.abort()
      this.#settle(known, params)
    }
  }

  /**
   * Says that the answer is wanted, until the returned function is called. What nobody wants any more before it is answered is
   * given up, and asked again when it is next wanted.
   */
  want(): () => void {
    this.#wanting++
    return () => {
      this.#wanting--
      // Whoever only asks something else wants it again before this comes to its turn.
      queueMicrotask(() => {
        if (this.#wanting > 0 || !this.#loading) return
        this.#asked = null
        this.#running.abort()
        this.#loading = false
        this.#progress = null
      })
    }
  }

  retry(): void {
    if (this.#asked !== null) void this.#run(this.#asked, false)
  }

  /** A sweep that the engine took down with it is asked once more of the next engine. */
  async #run(key: string, again: boolean): Promise<void> {
    const params = this.#params
    const speed = new Speedometer()
    const onProgress = (progress: Progress) => {
      if (key !== this.#asked) return
      this.#progress = progress
      if (progress.done > 0) speed.add(progress.done)
      if (!progress.partial) return
      this.#result = progress.partial as R
      this.#answered = params
      this.#look = progress.look ?? null
    }
    this.#loading = true
    this.#progress = null
    this.#running = new AbortController()
    const options = { newest: this.lane, onProgress, signal: this.#running.signal }
    try {
      const result = await this.engine.call('analyze', { id: this.id, params: { ...params } }, options)
      this.#kept.set(key, result as R)
      if (key !== this.#asked) return
      this.#settle(result as R, params)
      if (speed.perSecond !== null) this.onSpeed(speed.perSecond)
      return
    } catch (error) {
      const failure = failureOf(error)
      if (key !== this.#asked || failure.code === 'superseded' || failure.code === 'cancelled') return
      if (failure.code === 'engine-died' && again) return this.#run(key, false)
      this.#failure = failure.message
    }
    this.#loading = false
    this.#progress = null
  }

  #settle(result: R, params: P | null): void {
    this.#result = result
    this.#answered = params
    this.#look = null
    this.#failure = null
    this.#loading = false
    this.#progress = null
  }
}

/** A query of one analysis, typed by what that can be asked and answers. */
export type QueryOf<Id extends AnalysisId> = Query<ParamsOf<Id>, ResultOf<Id>>
