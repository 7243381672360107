import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { EngineClient, RunView } from '../../contract/contract'
import type { CheckpointOf } from '../../contract/training'
import type { Sum } from '../../core/sum'

/** A sum as a checkpoint answers it. */
export interface CheckpointView {
  readonly sum: Sum
  readonly run: RunView
}

/** The sum on screen in many checkpoints: asked of the nearest first, so that a scrub finds what it shows. */
export class CheckpointViews {
  readonly #views = new SvelteMap<string, CheckpointView>()
  /** The sum that each is being asked about. */
  readonly #asked: Record<string, string> = {}
  #turn = 0

  constructor(private readonly engine: EngineClient) {}

  /** The last answer, which may be to an earlier sum; null before the first. */
  of(of: CheckpointOf): CheckpointView | null {
    return this.#views.get(JSON.stringify(of)) ?? null
  }

  /** Asks checkpoints about a sum, those that do not know it yet, one after the other. */
  async want(sum: Sum, checkpoints: readonly CheckpointOf[]): Promise<void> {
    const turn = ++this.#turn
    for (const of of checkpoints) {
      const key = JSON.stringify(of)
      const asked = `${sum.a}+${sum.b}`
      // Whoever wants something need not want it again whenever an answer comes.
      if (untrack(() => isOf(this.of(of), sum)) || this.#asked[key] === asked) continue
      this.#asked[key] = asked
      // What cannot be opened is told by the figures of the same checkpoint.
      const answer = await this.engine.call('explore', { sum, interventions: [], of }).catch(() => null)
      if (this.#asked[key] === asked) this.#asked[key] = ''
      if (answer) this.#views.set(key, { sum, run: answer.clean })
      if (turn !== this.#turn) return
    }
  }
}

function isOf(view: CheckpointView | null, { a, b }: Sum): boolean {
  return view?.sum.a === a && view.sum.b === b
}
