/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < values.length; index++) total += values[index]!
  return total / values.length
}

/** Unbiased standard deviation (ddof 1); NaN of fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  for (let index = 0; index < values.length; index++) squares += (values[index]! - centre) ** 2
  return Math.sqrt(squares / (values.length - 1))
}

/** The middle value, or the lower of the two in the middle, as torch has it; NaN of nothing. */
export function lowerMedian(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN
}
