import type { EverySum } from '../../contract/exhaustive'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'

export interface NearSum extends Sum {
  readonly margin: number
  /** How many of the operands' digits differ. */
  readonly changed: number
}

export interface Nearest {
  /** `wrong`, or `weak` where no sum is wrong. */
  readonly kind: 'wrong' | 'weak'
  /** How many sums these are the nearest of, and for weak ones, the margin that they are below. */
  readonly of: number
  readonly below: number | null
  readonly sums: readonly NearSum[]
}

const fewestWeak = 50

/** The wrong sums that fewest digits tell from a sum, of equally many those of smallest margin; with none wrong, the weak ones. */
export function nearestFailures(
  sum: Sum,
  { wrong, wrongSums, weakest }: EverySum,
  layout: TaskLayout,
  most: number,
): Nearest {
  const { operandDigits } = layout
  const near = (a: number, b: number, margin: number): NearSum => {
    const changed = changedDigits(a, sum.a, operandDigits) + changedDigits(b, sum.b, operandDigits)
    return { a, b, margin, changed }
  }
  if (wrong > 0) {
    const { a, b, margin } = wrongSums
    const closest = firstOf(a.length, (index) => near(a[index]!, b[index]!, margin[index]!), most)
    return { kind: 'wrong', of: wrong, below: null, sums: closest }
  }
  const below = weakLimit(weakest.map(({ margin }) => margin))
  const weak = weakest.filter(({ margin }) => margin < below)
  const closest = firstOf(weak.length, (index) => near(weak[index]!.a, weak[index]!.b, weak[index]!.margin), most)
  return { kind: 'weak', of: weak.length, below, sums: closest }
}

/** How many digits of two numbers of so many digits differ. */
function changedDigits(one: number, other: number, digits: number): number {
  let changed = 0
  for (let digit = 0, unit = 1; digit < digits; digit++, unit *= 10)
    if (Math.floor(one / unit) % 10 !== Math.floor(other / unit) % 10) changed++
  return changed
}

/** The first few in order: all others are looked at once and not sorted, for they may be 100,000. */
function firstOf(count: number, at: (index: number) => NearSum, most: number): readonly NearSum[] {
  const first: NearSum[] = []
  for (let index = 0; index < count; index++) {
    const sum = at(index)
    if (first.length === most && order(sum, first.at(-1)!) >= 0) continue
    first.push(sum)
    first.sort(order)
    first.length = Math.min(first.length, most)
  }
  return first
}

function order(one: NearSum, other: NearSum): number {
  if (one.changed !== other.changed) return one.changed - other.changed
  // Both may be -Infinity, whose difference is no number.
  return one.margin === other.margin ? one.a - other.a || one.b - other.b : one.margin - other.margin
}

/** The smallest whole number of logits that at least 50 sums are below; with fewer listed, one that all are below. */
function weakLimit(margins: readonly number[]): number {
  const last = margins[Math.min(fewestWeak, margins.length) - 1]
  return last === undefined ? 0 : Math.floor(last) + 1
}
