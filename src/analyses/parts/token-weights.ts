import type { ModelConfig } from '../../model/config'

/** hook_q and hook_k of layer 0 for every token that sums have, at every position, [token, position, head, d_head]. */
export interface TokenReadings {
  /** Ids of these tokens, the digits first. */
  readonly tokens: readonly number[]
  readonly query: ArrayLike<number>
  readonly key: ArrayLike<number>
}

/** The table made last, and of what: the same model is asked of other sums again and again. */
let last: { readonly config: ModelConfig; readonly readings: TokenReadings; readonly weights: Float64Array } | undefined

/**
 * The weights that a query of layer 0 with its token gives to every key with its token: exp(score), by the scale of the largest of each
 * row, [head, query and its token, key and its token]; 0 for later keys. Not to be written to.
 */
export function tokenWeights(config: ModelConfig, readings: TokenReadings): Float64Array {
  if (last && isSame(last.config, config) && areSame(last.readings, readings)) return last.weights
  const weights = tableOf(config, readings)
  last = { config, readings, weights }
  return weights
}

function tableOf({ n_ctx, n_heads, d_head }: ModelConfig, { query, key, tokens }: TokenReadings): Float64Array {
  const count = tokens.length
  const width = n_ctx * count
  const weights = new Float64Array(n_heads * width ** 2)
  for (let row = 0; row < n_heads * width; row++) {
    const [head, position, token] = [Math.floor(row / width), Math.floor(row / count) % n_ctx, row % count]
    const from = ((token * n_ctx + position) * n_heads + head) * d_head
    const seen = (position + 1) * count
    let largest = -Infinity
    for (let other = 0; other < seen; other++) {
      const to = (((other % count) * n_ctx + Math.floor(other / count)) * n_heads + head) * d_head
      let score = 0
      for (let index = 0; index < d_head; index++) score += query[from + index]! * key[to + index]!
      score /= Math.sqrt(d_head)
      weights[row * width + other] = score
      largest = Math.max(largest, score)
    }
    for (let entry = row * width; entry < row * width + seen; entry++)
      weights[entry] = Math.exp(weights[entry]! - largest)
  }
  return weights
}

function isSame(one: ModelConfig, other: ModelConfig): boolean {
  return one.n_ctx === other.n_ctx && one.n_heads === other.n_heads && one.d_head === other.d_head
}

function areSame(one: TokenReadings, other: TokenReadings): boolean {
  const alike = (some: ArrayLike<number>, others: ArrayLike<number>) =>
    some.length === others.length && Array.prototype.every.call(some, (value, index) => value === others[index])
  return alike(one.tokens, other.tokens) && alike(one.query, other.query) && alike(one.key, other.key)
}
