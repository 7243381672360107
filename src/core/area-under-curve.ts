/** How well a number tells two groups apart. */
export interface AreaUnderCurve {
  /** Chance that a member of the first group has the larger number, ties counted half; NaN where a group is empty. */
  readonly area: number
  /** Standard error of the area (Hanley and McNeil 1982). */
  readonly error: number
}

/** Average rank of each value, counted from 1. One ranking serves every division into two groups: sorting takes the time. */
export type Ranks = Float64Array

/** Ranks values, which are compared in single precision; tied ones share their average rank. */
export function ranked(values: ArrayLike<number>): Ranks {
  const keys = orderedBits(values)
  const places = ascending(keys)
  const ranks = new Float64Array(keys.length)
  for (let start = 0; start < places.length;) {
    const key = keys[places[start]!]!
    let end = start + 1
    while (end < places.length && keys[places[end]!] === key) end++
    for (let place = start; place < end; place++) ranks[places[place]!] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

/** The values' bits in single precision, so changed that whole numbers without a sign are in the order of the values. */
function orderedBits(values: ArrayLike<number>): Uint32Array {
  const singles = new Float32Array(values.length)
  const bits = new Uint32Array(singles.buffer)
  for (let index = 0; index < bits.length; index++) {
    // Adding 0 makes -0 the 0 that it is equal to.
    singles[index] = values[index]! + 0
    const pattern = bits[index]!
    bits[index] = pattern >>> 31 ? ~pattern : pattern | 0x80000000
  }
  return bits
}

/** How many bits of a key are looked at in one pass: three passes see them all. */
const digitBits = 11
const digits = 2 ** digitBits

/** Where the smallest key stands, the next one and so on: by counting, several times as fast as by comparing (radix sort). */
function ascending(keys: Uint32Array): Int32Array {
  let places = new Int32Array(keys.length)
  let sorted = new Int32Array(keys.length)
  for (let index = 0; index < keys.length; index++) places[index] = index
  const next = new Int32Array(digits)
  for (let shift = 0; shift < 32; shift += digitBits) {
    next.fill(0)
    for (let index = 0; index < keys.length; index++) next[(keys[index]! >>> shift) & (digits - 1)]!++
    for (let digit = 0, before = 0; digit < digits; digit++) {
      const count = next[digit]!
      next[digit] = before
      before += count
    }
    for (let index = 0; index < keys.length; index++) {
      const place = places[index]!
      sorted[next[(keys[place]! >>> shift) & (digits - 1)]!++] = place
    }
    ;[places, sorted] = [sorted, places]
  }
  return places
}

/** The area under the curve of ranked values; `inFirst` is 1 for members of the first group, else 0. */
export function areaUnderCurve(ranks: Ranks, inFirst: Uint8Array): AreaUnderCurve {
  let first = 0
  let total = 0
  // Multiplied rather than asked: which group an example is in cannot be foreseen, and a wrong guess costs more.
  for (let index = 0; index < ranks.length; index++) {
    first += inFirst[index]!
    total += inFirst[index]! * ranks[index]!
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
