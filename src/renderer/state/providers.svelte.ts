import type { EngineClient, MethodParams, Progress } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import type { ProvidersReport } from '../../contract/providers-report'

/** What the engine can compute on here, as it was measured, and what it computes on. */
export class Providers {
  #report = $state.raw<ProvidersReport | null>(null)
  #progress = $state.raw<Progress | null>(null)
  #failure = $state<string | null>(null)
  #asked = $state(0)
  #answered = $state(0)

  constructor(private readonly engine: EngineClient) {}

  /** Null until it is known. */
  get report(): ProvidersReport | null {
    return this.#report
  }

  /** How many of all have been tried, while they are. */
  get progress(): Progress | null {
    return this.#progress
  }

  /** Why the last question had no answer, in one sentence. */
  get failure(): string | null {
    return this.#failure
  }

  get busy(): boolean {
    return this.#asked > this.#answered
  }

  /** Asks what is known or, where nothing is, has every provider tried; `use` settles on one, `again` measures anew. */
  async ask(params: MethodParams<'providers'> = {}): Promise<void> {
    const call = ++this.#asked
    try {
      const report = await this.engine.call('providers', params, {
        onProgress: (progress) => (this.#progress = progress),
      })
      if (call > this.#answered) this.#report = report
      this.#failure = null
    } catch (error) {
      this.#failure = failureOf(error).message
    }
    this.#answered = Math.max(this.#answered, call)
    if (!this.busy) this.#progress = null
  }
}
