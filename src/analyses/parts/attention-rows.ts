import type { ModelConfig } from '../../model/config'
import { hookOf } from '../../model/intervention'
import type { ActivationCache } from '../../model/model'

/** The attention of many sums, kept by entry: one entry is looked at over all sums. */
export class AttentionRows {
  readonly hooks: readonly string[]
  /** By layer [head and query and key, example]; of the layers that are looked at. */
  readonly #kept: ReadonlyMap<number, Float32Array>
  readonly #n_ctx: number
  #known = 0

  /** Of some layers; `examples` are as many as will be added. */
  constructor(
    { n_heads, n_ctx }: ModelConfig,
    layers: readonly number[],
    private readonly examples: number,
  ) {
    this.#n_ctx = n_ctx
    this.hooks = layers.map((layer) => hookOf('pattern', layer))
    this.#kept = new Map(layers.map((layer) => [layer, new Float32Array(n_heads * n_ctx * n_ctx * examples)]))
  }

  /** Turns [example, entry] into [entry, example]; batches come in order. What no query sees stays 0. */
  add(run: ActivationCache, begin: number): void {
    this.#kept.forEach((target, layer) => {
      const { data } = run.get(hookOf('pattern', layer))!
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
    return this.#kept.get(layer)!.subarray(first, first + this.#known)
  }
}
