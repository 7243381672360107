/** Natural logarithms of the softmax of `logits[offset .. offset + length)`. */
export function logSoftmax(logits: ArrayLike<number>, offset = 0, length = logits.length): Float64Array {
  const result = new Float64Array(length)
  const normaliser = logSumExp(logits, offset, length)
  for (let index = 0; index < length; index++) result[index] = logits[offset + index]! - normaliser
  return result
}

/** How finely exponentials are tabled, and from where on nothing of them is left in a sum of at least 1. */
const [stepsPerUnit, negligible] = [64, 40]
const tabled = Float64Array.from({ length: stepsPerUnit * negligible + 1 }, (_, step) => Math.exp(-step / stepsPerUnit))

/**
 * Natural logarithm of the sum of exp(logits[offset .. offset + length)). `largest`, where it is known, is the largest of them:
 * without it exp would overflow. A table and what a Taylor polynomial adds to it are as precise as Math.exp, and twice as fast:
 * a sweep has a million of them.
 */
export function logSumExp(
  logits: ArrayLike<number>,
  offset: number,
  length: number,
  largest = logits[offset + indexOfLargest(logits, offset, length)]!,
): number {
  let total = 0
  for (let index = offset; index < offset + length; index++) {
    const below = largest - logits[index]!
    if (below >= negligible) continue
    const step = (below * stepsPerUnit + 0.5) | 0
    const rest = step / stepsPerUnit - below
    total += tabled[step]! * (1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24 + rest / 120)))))
  }
  return largest + Math.log(total)
}

/** Probabilities. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  return logSoftmax(logits).map(Math.exp)
}

/** Index of the largest of `values[offset .. offset + length)`, counted from `offset`; the first of equals. */
export function indexOfLargest(values: ArrayLike<number>, offset = 0, length = values.length): number {
  let best = 0
  for (let index = 1; index < length; index++) if (values[offset + index]! > values[offset + best]!) best = index
  return best
}
