/** How well a number tells two groups apart. */
export interface AreaUnderCurve {
  /** Chance that a member of the first group has the larger number, ties counted half; NaN where a group is empty. */
  readonly area: number
  /** Standard error of the area (Hanley and McNeil 1982). */
  readonly error: number
}

/**
 * Divisions of the same examples into two groups. One sorting of a number serves them all, and it is sorting that takes the time: what
 * goes along with each number is not which example it is, but which groups that is in.
 */
export class Divisions {
  /** Bit i of each example is 1 where it is in the first group of division i. */
  readonly masks: Uint16Array
  /** How many examples have each mask. */
  readonly members: Float64Array

  /** `groups` has for each division 1 for the members of the first group, else 0; 16 divisions at most. */
  constructor(readonly groups: readonly Uint8Array[]) {
    this.masks = new Uint16Array(groups[0]!.length)
    this.members = new Float64Array(2 ** groups.length)
    groups.forEach((group, bit) => {
      for (let example = 0; example < group.length; example++) this.masks[example]! |= group[example]! << bit
    })
    for (const mask of this.masks) this.members[mask]!++
  }

  /** The sum over the masks that have a bit. */
  inFirst(division: number, byMask: Float64Array): number {
    return byMask.reduce((sum, value, mask) => ((mask >> division) & 1 ? sum + value : sum), 0)
  }

  /** The area under the curve for each division of values, which are compared in single precision. */
  areas(values: ArrayLike<number>): AreaUnderCurve[] {
    const ranks = this.#rankSums(values)
    return this.groups.map((_, division) => {
      const first = this.inFirst(division, this.members)
      const second = values.length - first
      if (first === 0 || second === 0) return { area: NaN, error: NaN }
      const area = (this.inFirst(division, ranks) - (first * (first + 1)) / 2) / (first * second)
      return { area, error: standardError(area, first, second) }
    })
  }

  /** The sum of the ranks, counted from 1, of the examples with each mask; tied ones share their average rank. */
  #rankSums(values: ArrayLike<number>): Float64Array {
    const { keys, masks } = sorted(values, this.masks)
    const sums = new Float64Array(this.members.length)
    for (let start = 0; start < values.length;) {
      const key = keys[start]!
      let end = start + 1
      while (end < values.length && keys[end] === key) end++
      const rank = (start + 1 + end) / 2
      for (let place = start; place < end; place++) sums[masks[place]!]! += rank
      start = end
    }
    return sums
  }
}

/** How many bits of a key are looked at in one pass: three passes see them all. */
const digitBits = 11
const digits = 2 ** digitBits

interface Sorted {
  readonly keys: Int32Array
  readonly masks: Uint16Array
}

/** Two places for what is sorted: kept, since hundreds of rows are sorted one after the other. */
let [sortedHere, sortedThere] = [emptyPlace(0), emptyPlace(0)]
/** How often each digit occurs in each of the three passes. */
const counts = new Int32Array(3 * digits)
const single = new Float32Array(1)
const bits = new Int32Array(single.buffer)

function emptyPlace(length: number): Sorted {
  return { keys: new Int32Array(length), masks: new Uint16Array(length) }
}

/**
 * Keys in the order of the values, the smallest first, and their masks: by counting, several times as fast as by comparing (radix sort).
 * Both are as long as the longest so far, and the same arrays every time.
 */
function sorted(values: ArrayLike<number>, masks: Uint16Array): Sorted {
  const { length } = values
  if (sortedHere.keys.length < length) [sortedHere, sortedThere] = [emptyPlace(length), emptyPlace(length)]
  const { keys, masks: along } = sortedHere
  counts.fill(0)
  for (let index = 0; index < length; index++) {
    // Adding 0 makes -0 the 0 that it is equal to. The bits of single precision are then changed so that, without a sign, they are in
    // the order of the values.
    single[0] = values[index]! + 0
    const pattern = bits[0]!
    const key = pattern ^ ((pattern >> 31) | 0x80000000)
    keys[index] = key
    along[index] = masks[index]!
    counts[key & (digits - 1)]!++
    counts[digits + ((key >>> digitBits) & (digits - 1))]!++
    counts[2 * digits + (key >>> (2 * digitBits))]!++
  }
  deal(sortedHere, sortedThere, 0, length)
  deal(sortedThere, sortedHere, 1, length)
  deal(sortedHere, sortedThere, 2, length)
  return sortedThere
}

/** One pass: deals the keys out by one of their digits, in their order. */
function deal({ keys, masks }: Sorted, { keys: toKeys, masks: toMasks }: Sorted, pass: number, length: number): void {
  const [first, shift] = [pass * digits, pass * digitBits]
  for (let digit = first, before = 0; digit < first + digits; digit++) {
    const count = counts[digit]!
    counts[digit] = before
    before += count
  }
  for (let index = 0; index < length; index++) {
    const key = keys[index]!
    const place = counts[first + ((key >>> shift) & (digits - 1))]!++
    toKeys[place] = key
    toMasks[place] = masks[index]!
  }
}

function standardError(area: number, first: number, second: number): number {
  const both = (first - 1) * (area / (2 - area) - area ** 2)
  const other = (second - 1) * ((2 * area ** 2) / (1 + area) - area ** 2)
  return Math.sqrt(Math.max(0, area * (1 - area) + both + other) / (first * second))
}
