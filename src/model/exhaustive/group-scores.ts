/**
 * How the ten sums of a group fare, as a kernel adds it up. A loss (nats) is a number and the logarithm of a product, so that one
 * logarithm does for many.
 */
export interface GroupScores {
  /** [sum]: the smallest margin, in logits; not a number where one is none. */
  readonly smallest: Float32Array
  /** [sum, 2]: a sum's loss over its digits, and the product. */
  readonly losses: Float64Array
  /** [2, digit]: a digit's loss over the sums; then the products. Rows are `stride` long. */
  readonly digitLosses: Float64Array
  /** [sum, digit]: margins. Rows are `stride` long. */
  readonly margins: Float32Array
  readonly stride: number
}
