import type { ModelConfig } from '../../model/config'
import { hookOf } from '../../model/intervention'
import type { ActivationCache } from '../../model/model'

/** The attention of many sums, kept by entry: one entry is looked at over all sums. */
export class AttentionRows {
  readonly hooks: readonly string[]
  /** By layer [head and query and key, example]. */
  readonly #kept: readonly Float32Array[]
  readonly #n_ctx: number
  #known = 0

  /** `examples` are as many as will be added. */
  constructor(
    { n_layers, n_heads, n_ctx }: ModelConfig,
    private readonly examples: number,
  ) {
    this.#n_ctx = n_ctx
    this.hooks = Array.from({ length: n_layers }, (_, layer) => hookOf('pattern', layer))
    this.#kept = this.hooks.map(() => new Float32Array(n_heads * n_ctx * n_ctx * examples))
  }

  /** Turns [example, entry] into [entry, example]; batches come in order. What no query sees stays 0. */
  add(run: ActivationCache, begin: number): void {
    this.hooks.forEach((hook, layer) => {
      const [target, { data }] = [this.#kept[layer]!, run.get(hook)!]
      const entries = target.length / this.examples
      const rows = data.length / entries
      for (let entry = 0; entry < entries; entry++) {
        if (entry % this.#n_ctx > Math.floor(entry / this.#n_ctx) % this.#n_ctx) continue
        for (let row = 0; row < rows; row++) target[entry * this.examples + begin + row] = data[row * entries + entry]!
      }
      this.#known = begin + rows
    })
  }

  /** One entry of a layer, (head * n_ctx + query) * n_ctx + key, over the sums that were added. */
  of(layer: number, entry: number): Float32Array {
    const first = entry * this.examples
    return this.#kept[layer]!.subarray(first, first + this.#known)
  }
}
