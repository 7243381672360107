import type { Head } from '../../core/heads'
import { hookOf } from '../../model/intervention'
import type { ActivationCache, Model } from '../../model/model'
import type { RunSumsParams } from '../parameters'
import { parameter } from './logit-map'

/**
 * What every head writes at every position in many sums. Without interventions hook_z is kept, half as wide: its projections and
 * those of hook_result differ by W_O alone.
 */
export class HeadWriter {
  readonly hooks: readonly string[]
  readonly #isPlain: boolean
  readonly #width: number
  /** By layer [example, position, head, width]. */
  readonly #kept: readonly Float32Array[]
  readonly #metrics = new Map<string, Float64Array>()

  constructor(
    private readonly model: Model,
    { interventions = [] }: RunSumsParams,
    examples: number,
  ) {
    const { n_layers, n_ctx, n_heads, d_head, d_model } = model.config
    this.#isPlain = interventions.length === 0
    this.#width = this.#isPlain ? d_head : d_model
    const layers = Array.from({ length: n_layers }, (_, layer) => layer)
    this.hooks = layers.map((layer) => hookOf(this.#isPlain ? 'z' : 'result', layer))
    this.#kept = layers.map(() => new Float32Array(examples * n_ctx * n_heads * this.#width))
  }

  add(run: ActivationCache, begin: number): void {
    this.hooks.forEach((hook, layer) => {
      const { data, shape } = run.get(hook)!
      this.#kept[layer]!.set(data, begin * (data.length / shape[0]!))
    })
  }

  /**
   * What a head writes at a position in the odd examples of those that `carry` is of, projected on the difference of the means over
   * the even examples with a carry and without; undefined where either has none.
   */
  oddScores({ layer, head }: Head, position: number, carry: Uint8Array): Float64Array | undefined {
    const { n_ctx, n_heads } = this.model.config
    const data = this.#kept[layer]!
    const [width, stride] = [this.#width, n_ctx * n_heads * this.#width]
    const first = (position * n_heads + head) * width
    const sums = [new Float64Array(width), new Float64Array(width)] as const
    const counts = [0, 0]
    for (let example = 0; example < carry.length; example += 2) {
      const group = carry[example]! as 0 | 1
      counts[group]!++
      const total = sums[group]
      for (let index = 0, from = example * stride + first; index < width; index++) total[index]! += data[from + index]!
    }
    if (counts[0] === 0 || counts[1] === 0) return undefined
    const difference = sums[1].map((value, index) => value / counts[1]! - sums[0][index]! / counts[0]!)
    const direction = this.#isPlain ? this.#written(layer, head, difference) : difference
    return Float64Array.from({ length: Math.floor(carry.length / 2) }, (_, odd) => {
      const from = (2 * odd + 1) * stride + first
      let score = 0
      for (let index = 0; index < width; index++) score += data[from + index]! * direction[index]!
      return score
    })
  }

  /** The direction in z whose projections are those of z @ W_O on `difference` @ W_O. */
  #written(layer: number, head: number, difference: Float64Array): Float64Array {
    const metric = this.#metricOf(layer, head)
    const d = difference.length
    return Float64Array.from({ length: d }, (_, row) => {
      let sum = 0
      for (let column = 0; column < d; column++) sum += metric[row * d + column]! * difference[column]!
      return sum
    })
  }

  /** W_O W_O', [d_head, d_head]. */
  #metricOf(layer: number, head: number): Float64Array {
    const key = `${layer} ${head}`
    const known = this.#metrics.get(key)
    if (known) return known
    const { d_head, d_model } = this.model.config
    const W_O = parameter(this.model, `blocks.${layer}.attn.W_O`)
    const first = head * d_head * d_model
    const metric = Float64Array.from({ length: d_head * d_head }, (_, index) => {
      const [row, column] = [Math.floor(index / d_head), index % d_head]
      let sum = 0
      for (let entry = 0; entry < d_model; entry++)
        sum += W_O[first + row * d_model + entry]! * W_O[first + column * d_model + entry]!
      return sum
    })
    this.#metrics.set(key, metric)
    return metric
  }
}
