import type { EngineClient, ExploreResult, ParamsOf } from '../../shared/contract'
import { failureOf } from '../../shared/failure'

/** The one sum on screen, asked for again at every change. Newest wins; old values stay until new ones come. */
export class LiveRun {
  #result = $state.raw<ExploreResult | null>(null)
  #failure = $state<string | null>(null)
  #loading = $state(false)
  #asked = 0
  #params: ParamsOf<'explore'> | null = null

  constructor(
    private readonly engine: EngineClient,
    /** Calls in one lane replace each other; every run on screen has its own. */
    private readonly lane = 'explore',
  ) {}

  get result(): ExploreResult | null {
    return this.#result
  }

  get failure(): string | null {
    return this.#failure
  }

  get loading(): boolean {
    return this.#loading
  }

  async ask(params: ParamsOf<'explore'>): Promise<void> {
    this.#params = params
    const turn = ++this.#asked
    this.#loading = true
    try {
      const result = await this.engine.call('explore', params, { newest: this.lane })
      if (turn !== this.#asked) return
      this.#result = result
      this.#failure = null
    } catch (error) {
      const failure = failureOf(error)
      if (turn !== this.#asked || failure.code === 'superseded') return
      this.#failure = failure.message
    }
    this.#loading = false
  }

  retry(): void {
    if (this.#params) void this.ask(this.#params)
  }
}
