import type { ModelConfig } from '../../model/config'
import { tokenWeights, type TokenReadings } from './token-weights'

/** Means over the sums that were taken in so far. */
export interface MeanReadings {
  readonly sums: number
  /** hook_q of layer 0, [position, head, d_head]. */
  readonly query: Float64Array
  /** hook_pattern of layer 0, [head, query, key]. */
  readonly pattern: Float64Array
}

/**
 * What layer 0 reads of many sums on average, without a run of any: a score depends on two tokens and their positions alone, so
 * that exp(score) is looked up in a table.
 */
export class FirstLayerMeans {
  #sums = 0
  /** How many sums have a token at a position, [position, token]. */
  readonly #counts: Float64Array
  /** [head, query, key] */
  readonly #patterns: Float64Array
  readonly #weights: Float64Array
  /** Where each token stands in `readings.tokens`. */
  readonly #places: Int32Array

  constructor(
    private readonly config: ModelConfig,
    private readonly readings: TokenReadings,
  ) {
    const { n_ctx, n_heads, d_vocab } = config
    const count = readings.tokens.length
    this.#places = new Int32Array(d_vocab)
    readings.tokens.forEach((token, place) => (this.#places[token] = place))
    this.#counts = new Float64Array(n_ctx * count)
    this.#patterns = new Float64Array(n_heads * n_ctx * n_ctx)
    this.#weights = tokenWeights(config, readings)
  }

  /** Takes in sums by their tokens, row-major [example, position]. */
  add(tokens: ArrayLike<number>): void {
    const { n_ctx, n_heads } = this.config
    const [weights, patterns, count] = [this.#weights, this.#patterns, this.readings.tokens.length]
    const width = n_ctx * count
    /** Of a sum, position by position: which row of the table its token has, and the weights that a query gives. */
    const [places, row] = [new Int32Array(n_ctx), new Float64Array(n_ctx)]
    for (let first = 0; first < tokens.length; first += n_ctx) {
      this.#sums++
      for (let position = 0; position < n_ctx; position++)
        places[position] = position * count + this.#places[tokens[first + position]!]!
      for (let query = 0; query < n_ctx; query++) {
        this.#counts[places[query]!]!++
        for (let head = 0; head < n_heads; head++) {
          const from = (head * width + places[query]!) * width
          let total = 0
          for (let key = 0; key <= query; key++) {
            const weight = weights[from + places[key]!]!
            row[key] = weight
            total += weight
          }
          const to = (head * n_ctx + query) * n_ctx
          for (let key = 0; key <= query; key++) patterns[to + key]! += row[key]! / total
        }
      }
    }
  }

  means(): MeanReadings {
    const { n_ctx, n_heads, d_head } = this.config
    const count = this.readings.tokens.length
    const width = n_heads * d_head
    const query = new Float64Array(n_ctx * width)
    for (let position = 0; position < n_ctx; position++)
      for (let token = 0; token < count; token++) {
        const share = this.#counts[position * count + token]! / this.#sums
        const from = (token * n_ctx + position) * width
        for (let index = 0; index < width; index++)
          query[position * width + index]! += share * this.readings.query[from + index]!
      }
    return { sums: this.#sums, query, pattern: this.#patterns.map((total) => total / this.#sums) }
  }
}
