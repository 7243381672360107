/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < values.length; index++) total += values[index]!
  return total / values.length
}

/** The middle value, or the lower of the two in the middle, as torch has it; NaN of nothing. */
export function lowerMedian(values: ArrayLike<number>): number {
  return lowerMedianReordering(Float64Array.from(values))
}

/** The same without a copy: the values are in another order afterwards. */
export function lowerMedianReordering(values: Float32Array | Float64Array): number {
  return values.length === 0 ? NaN : nthSmallest(values, Math.ceil(values.length / 2) - 1)
}

/** The value that would stand at `rank` if the values were sorted (Hoare's selection, which reorders them). */
function nthSmallest(values: Float32Array | Float64Array, rank: number): number {
  let [first, last] = [0, values.length - 1]
  while (first < last) {
    const pivot = values[rank]!
    let [low, high] = [first, last]
    while (low <= high) {
      while (values[low]! < pivot) low++
      while (values[high]! > pivot) high--
      if (low > high) break
      const exchanged = values[low]!
      values[low++] = values[high]!
      values[high--] = exchanged
    }
    if (high < rank) first = low
    if (low > rank) last = high
  }
  return values[rank]!
}
