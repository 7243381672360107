import type { CheckpointOf } from '../contract/training'
import { LiveView } from './live-view'
import { loadModel, type LoadedModel, type LoadOptions } from './load-model'

/** So few graphs stay ready of each: many models are open at once. */
const sessions = 8

/** A model beside the open one. Its native memory goes when it was released and nothing runs on it any more. */
export class CheckpointModel {
  readonly live: LiveView
  #uses = 0
  #isReleased = false

  constructor(readonly open: LoadedModel) {
    this.live = new LiveView(open.model, open.reference)
  }

  /** Opens one as the open model is: processed alike, and its sums written as is said. */
  static async load({ path, layout }: CheckpointOf, options: LoadOptions): Promise<CheckpointModel> {
    return new CheckpointModel(
      await loadModel({ source: { path }, layout }, { ...options, sessions, checksAdding: false }),
    )
  }

  /** Keeps its memory while something runs on it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#uses++
    try {
      return await work()
    } finally {
      this.#uses--
      this.#dispose()
    }
  }

  release(): void {
    this.#isReleased = true
    this.#dispose()
  }

  #dispose(): void {
    if (this.#isReleased && this.#uses === 0) void this.open.model.dispose()
  }
}
