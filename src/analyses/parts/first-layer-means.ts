import type { ModelConfig } from '../../model/config'

/** hook_q and hook_k of layer 0 for every token that sums have, at every position, [token, position, head, d_head]. */
export interface TokenReadings {
  /** Ids of these tokens, the digits first. */
  readonly tokens: readonly number[]
  readonly query: ArrayLike<number>
  readonly key: ArrayLike<number>
}

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
  /** exp(score), by the scale of the largest of each row, [head, query and its token, key and its token]. */
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
    this.#weights = new Float64Array(n_heads * (n_ctx * count) ** 2)
    for (let row = 0; row < n_heads * n_ctx * count; row++) this.#fillRow(row)
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

  /** The weights that a query with its token gives to every key with its token; later ones stay 0. */
  #fillRow(row: number): void {
    const { n_ctx, n_heads, d_head } = this.config
    const { query, key, tokens } = this.readings
    const count = tokens.length
    const width = n_ctx * count
    const [head, position, token] = [Math.floor(row / width), Math.floor(row / count) % n_ctx, row % count]
    const from = ((token * n_ctx + position) * n_heads + head) * d_head
    const seen = (position + 1) * count
    let largest = -Infinity
    for (let other = 0; other < seen; other++) {
      const to = (((other % count) * n_ctx + Math.floor(other / count)) * n_heads + head) * d_head
      let score = 0
      for (let index = 0; index < d_head; index++) score += query[from + index]! * key[to + index]!
      score /= Math.sqrt(d_head)
      this.#weights[row * width + other] = score
      largest = Math.max(largest, score)
    }
    for (let entry = row * width; entry < row * width + seen; entry++)
      this.#weights[entry] = Math.exp(this.#weights[entry]! - largest)
  }
}
