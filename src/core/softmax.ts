/** Natural logarithms of the softmax of `logits[offset .. offset + length)`. */
export function logSoftmax(logits: ArrayLike<number>, offset = 0, length = logits.length): Float64Array {
  const result = new Float64Array(length)
  let largest = -Infinity
  for (let index = 0; index < length; index++) largest = Math.max(largest, logits[offset + index]!)
  let total = 0
  for (let index = 0; index < length; index++) total += Math.exp(logits[offset + index]! - largest)
  const normaliser = largest + Math.log(total)
  for (let index = 0; index < length; index++) result[index] = logits[offset + index]! - normaliser
  return result
}

/** What is lost, in nats, by predicting `logits[offset .. offset + length)` where `answer`, counted from `offset`, is right. */
export function negativeLogLikelihood(
  logits: ArrayLike<number>,
  answer: number,
  offset = 0,
  length = logits.length,
): number {
  const chosen = logits[offset + answer]!
  const largest = logits[offset + indexOfLargest(logits, offset, length)]!
  let total = 0
  for (let index = offset; index < offset + length; index++) total += Math.exp(logits[index]! - largest)
  return Math.log(total) + largest - chosen
}

/** Probabilities of `logits[offset .. offset + length)`. */
export function softmax(logits: ArrayLike<number>, offset = 0, length = logits.length): Float64Array {
  return logSoftmax(logits, offset, length).map(Math.exp)
}

/** Index of the largest of `values[offset .. offset + length)`, counted from `offset`; the first of equals. */
export function indexOfLargest(values: ArrayLike<number>, offset = 0, length = values.length): number {
  let best = 0
  for (let index = 1; index < length; index++) if (values[offset + index]! > values[offset + best]!) best = index
  return best
}
