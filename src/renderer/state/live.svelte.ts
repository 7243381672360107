import type { EngineClient, ExploreResult, MethodParams } from '../../contract/contract'
import { failureOf } from '../../contract/failure'

/** How long old values may stand before they are shown to be old. */
const patienceMs = 80

/** The one sum on screen, asked for again at every change. Newest wins; old values stay until new ones come. */
export class LiveRun {
  #result = $state.raw<ExploreResult | null>(null)
  #answered = $state.raw<MethodParams<'explore'> | null>(null)
  #failure = $state<string | null>(null)
  #loading = $state(false)
  #asked = 0
  #waiting = false
  /** Called before an answer, or why there is none, is shown. */
  onanswer: () => void = () => undefined
  #params: MethodParams<'explore'> | null = null

  constructor(
    private readonly engine: EngineClient,
    /** Calls in one lane replace each other; every run on screen has its own. */
    private readonly lane = 'explore',
  ) {}

  get result(): ExploreResult | null {
    return this.#result
  }

  /** Whether what was asked last is not answered yet. No state: nothing is drawn of it. */
  get asking(): boolean {
    return this.#waiting
  }

  get failure(): string | null {
    return this.#failure
  }

  /** Whether the answer has been waited for so long that the one on screen should look old. */
  get loading(): boolean {
    return this.#loading
  }

  /** Whether something was asked, and nothing was answered yet. */
  get awaitsFirst(): boolean {
    return this.#params !== null && this.#result === null && this.#failure === null
  }

  /** What the result answers; null before the first. */
  get answered(): MethodParams<'explore'> | null {
    return this.#answered
  }

  /** Asks, unless this is what was asked last. */
  async ask(params: MethodParams<'explore'>): Promise<void> {
    if (JSON.stringify(params) === JSON.stringify(this.#params)) return
    this.#params = params
    await this.#run(params)
  }

  retry(): void {
    if (this.#params) void this.#run(this.#params)
  }

  async #run(params: MethodParams<'explore'>): Promise<void> {
    const turn = ++this.#asked
    this.#waiting = true
    const late = setTimeout(() => {
      if (turn === this.#asked) this.#loading = true
    }, patienceMs)
    try {
      const result = await this.engine.call('explore', params, { newest: this.lane })
      if (turn !== this.#asked) return
      this.#settled()
      this.#result = result
      this.#answered = params
      this.#failure = null
    } catch (error) {
      const failure = failureOf(error)
      if (turn !== this.#asked || failure.code === 'superseded') return
      this.#settled()
      this.#failure = failure.message
    } finally {
      clearTimeout(late)
    }
    this.#loading = false
  }

  #settled(): void {
    this.#waiting = false
    this.onanswer()
  }
}
