import type { CheckpointOf } from '../contract/training'
import { CheckpointModel } from './checkpoint-model'

/** So many are kept ready; those of a run that is scrubbed through are all there. */
const most = 24

/** Models beside the open one, of which something is asked as it formed: opened when first needed, and kept while they are used. */
export class CheckpointModels {
  /** A Map iterates in order of insertion, so the first is the one unused the longest. */
  readonly #models = new Map<string, Promise<CheckpointModel>>()

  constructor(private readonly open: (of: CheckpointOf) => Promise<CheckpointModel>) {}

  /** Runs `work` with the model of a file. Rejects with BadInput where that is none. */
  async use<T>(of: CheckpointOf, work: (model: CheckpointModel) => Promise<T>): Promise<T> {
    const key = JSON.stringify(of)
    const known = this.#models.get(key) ?? this.open(of)
    this.#models.delete(key)
    this.#models.set(key, known)
    const model = await known.catch((error: unknown) => {
      this.#models.delete(key)
      throw error
    })
    return model.during(() => {
      this.#shrink()
      return work(model)
    })
  }

  /** Gives all of them up. */
  clear(): void {
    for (const key of [...this.#models.keys()]) this.#drop(key)
  }

  #shrink(): void {
    for (const key of [...this.#models.keys()].slice(0, Math.max(0, this.#models.size - most))) this.#drop(key)
  }

  #drop(key: string): void {
    const dropped = this.#models.get(key)
    this.#models.delete(key)
    void dropped?.then((model) => model.release())
  }
}
