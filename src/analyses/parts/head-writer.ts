import type { Divisions } from '../../core/area-under-curve'
import type { Head } from '../../core/heads'
import { hookOf } from '../../model/intervention'
import type { ActivationCache, Model } from '../../model/model'
import type { RunSumsParams } from '../parameters'
import { parameter } from './logit-map'

/**
 * What every head of some layers writes at every position in many sums. Without interventions hook_z is kept, half as wide: its projections and
 * those of hook_result differ by W_O alone.
 */
export class HeadWriter {
  readonly hooks: readonly string[]
  readonly #isPlain: boolean
  readonly #width: number
  readonly #hooks: ReadonlyMap<number, string>
  /** By layer [position and head, example, width]: one place is looked at over all examples. */
  readonly #kept: ReadonlyMap<number, Float32Array>
  readonly #metrics = new Map<string, Float64Array>()

  constructor(
    private readonly model: Model,
    { interventions = [] }: RunSumsParams,
    layers: readonly number[],
    private readonly examples: number,
  ) {
    const { n_ctx, n_heads, d_head, d_model } = model.config
    this.#isPlain = interventions.length === 0
    this.#width = this.#isPlain ? d_head : d_model
    this.#hooks = new Map(layers.map((layer) => [layer, hookOf(this.#isPlain ? 'z' : 'result', layer)]))
    this.hooks = [...this.#hooks.values()]
    this.#kept = new Map(layers.map((layer) => [layer, new Float32Array(examples * n_ctx * n_heads * this.#width)]))
  }

  add(run: ActivationCache, begin: number): void {
    const width = this.#width
    this.#hooks.forEach((hook, layer) => {
      const [target, { data, shape }] = [this.#kept.get(layer)!, run.get(hook)!]
      const places = shape[1]! * shape[2]!
      for (let place = 0; place < places; place++)
        for (let row = 0; row < shape[0]!; row++) {
          const from = (row * places + place) * width
          const to = (place * this.examples + begin + row) * width
          for (let index = 0; index < width; index++) target[to + index] = data[from + index]!
        }
    })
  }

  /**
   * What a head writes at a position in the odd examples of those that each carry is of, projected on the difference of the means
   * over the even examples with that carry and without; undefined where either has none.
   */
  oddScores({ layer, head }: Head, position: number, carries: Divisions): readonly (Float64Array | undefined)[] {
    const length = this.examples * this.#width
    const first = (position * this.model.config.n_heads + head) * length
    const rows = this.#kept.get(layer)!.subarray(first, first + length)
    const even = this.#evenSums(rows, carries)
    return carries.groups.map((_, digit) => {
      const difference = this.#evenDifference(even, carries, digit)
      if (!difference) return undefined
      const direction = this.#isPlain ? this.#written(layer, head, difference) : difference
      return oddProducts(rows, direction, Math.floor(carries.masks.length / 2))
    })
  }

  /** Sums of the even rows [example, width] by their mask of carries, [mask, width + 1]; the last entry counts them. */
  #evenSums(rows: Float32Array, { masks, members }: Divisions): Float64Array {
    const width = this.#width
    const sums = new Float64Array(members.length * (width + 1))
    for (let example = 0; example < masks.length; example += 2) {
      const from = example * width
      const to = masks[example]! * (width + 1)
      for (let index = 0; index < width; index++) sums[to + index]! += rows[from + index]!
      sums[to + width]!++
    }
    return sums
  }

  /** Mean of the even rows with a carry into a digit, less that of those without; undefined without either. */
  #evenDifference(sums: Float64Array, { members }: Divisions, digit: number): Float64Array | undefined {
    const [width, totals] = [this.#width, [0, 1].map(() => new Float64Array(this.#width + 1))]
    members.forEach((_, mask) => {
      const total = totals[(mask >> digit) & 1]!
      for (let index = 0; index <= width; index++) total[index]! += sums[mask * (width + 1) + index]!
    })
    const [without, having] = totals as [Float64Array, Float64Array]
    const [countWithout, countHaving] = [without[width]!, having[width]!]
    if (countHaving === 0 || countWithout === 0) return undefined
    return Float64Array.from({ length: width }, (_, index) => {
      return having[index]! / countHaving - without[index]! / countWithout
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

/** Each odd row of [example, width] times the direction, of `count` rows. */
function oddProducts(rows: Float32Array, direction: Float64Array, count: number): Float64Array {
  const width = direction.length
  const scores = new Float64Array(count)
  for (let odd = 0; odd < count; odd++) {
    const from = (2 * odd + 1) * width
    // Two sums, of which neither waits for the other.
    let one = 0
    let other = 0
    let index = 1
    for (; index < width; index += 2) {
      one += rows[from + index - 1]! * direction[index - 1]!
      other += rows[from + index]! * direction[index]!
    }
    if (index === width) one += rows[from + width - 1]! * direction[width - 1]!
    scores[odd] = one + other
  }
  return scores
}
