/** Symbols that occur at one position: ten digits, or one sign. */
export const symbols = 10

/**
 * What layer 0 does, as tables over entries: position * `symbols` + digit, or position * `symbols` for a sign. All
 * positions are there but the last, which predicts nothing.
 */
export interface FirstLayerTables {
  /** [entry, d_model]: W_E + W_pos. */
  readonly embedding: Float32Array
  /** [entry, head, d_model]: what a head writes when it looks there. */
  readonly values: Float32Array
  /** [query entry, key entry, head]: exp(score), up to a factor that is the same for all keys of a query's head. */
  readonly weights: Float64Array
  /** [entry, d_model]: what the stream after the layer is but for `values`: the embedding, b_O, and what heads write that are fixed. */
  readonly own: Float32Array
  /** [query entry, head]: added to the sum of `weights` by which they are divided; 0 but for fixed patterns. */
  readonly base: Float64Array
}
