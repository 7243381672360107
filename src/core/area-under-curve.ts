/** How well a number tells two groups apart. */
export interface AreaUnderCurve {
  /** Chance that a member of the first group has the larger number, ties counted half; NaN where a group is empty. */
  readonly area: number
  /** Standard error of the area (Hanley and McNeil 1982). */
  readonly error: number
}

/** Average rank of each value, counted from 1. One ranking serves every division into two groups: sorting takes the time. */
export type Ranks = Float64Array

const bits = new ArrayBuffer(8)
const asFloat = new Float64Array(bits)
const asWords = new Uint32Array(bits)

/** Ranks values, which are compared in single precision; tied ones share their average rank. At most 2^29 values. */
export function ranked(values: ArrayLike<number>): Ranks {
  const count = values.length
  const sorted = new Float64Array(count)
  // A value in single precision leaves the lowest 29 bits of a double free: the index rides there, so that numbers can be
  // sorted as numbers, which is several times as fast as with a comparison.
  const indexBits = Math.max(1, Math.ceil(Math.log2(Math.max(2, count))))
  const mask = (1 << indexBits) - 1
  for (let index = 0; index < count; index++) {
    asFloat[0] = Math.fround(values[index]!) + 0
    asWords[0] = (asWords[0]! & ~mask) | index
    sorted[index] = asFloat[0]
  }
  sorted.sort()
  const ranks = new Float64Array(count)
  const words = new Uint32Array(sorted.buffer)
  for (let start = 0; start < count;) {
    const value = Math.fround(values[words[2 * start]! & mask]!)
    let end = start + 1
    while (end < count && Math.fround(values[words[2 * end]! & mask]!) === value) end++
    for (let place = start; place < end; place++) ranks[words[2 * place]! & mask] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

/** The area under the curve of ranked values; `inFirst` is 1 for members of the first group. */
export function areaUnderCurve(ranks: Ranks, inFirst: Uint8Array): AreaUnderCurve {
  let first = 0
  let total = 0
  for (let index = 0; index < ranks.length; index++)
    if (inFirst[index] === 1) {
      first++
      total += ranks[index]!
    }
  const second = ranks.length - first
  if (first === 0 || second === 0) return { area: NaN, error: NaN }
  const area = (total - (first * (first + 1)) / 2) / (first * second)
  return { area, error: standardError(area, first, second) }
}

function standardError(area: number, first: number, second: number): number {
  const both = (first - 1) * (area / (2 - area) - area ** 2)
  const other = (second - 1) * ((2 * area ** 2) / (1 + area) - area ** 2)
  return Math.sqrt(Math.max(0, area * (1 - area) + both + other) / (first * second))
}
