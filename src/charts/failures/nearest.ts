import type { EverySum } from '../../contract/exhaustive'
import { formatSum } from '../../core/sum-text'
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
  const own = formatSum(sum, layout)
  const near = (other: Sum & { readonly margin: number }): NearSum => ({
    ...{ a: other.a, b: other.b, margin: other.margin },
    changed: Array.from(formatSum(other, layout)).filter((digit, place) => digit !== own[place]).length,
  })
  const closest = (sums: readonly (Sum & { readonly margin: number })[]) =>
    sums
      .map(near)
      .toSorted(
        (one, other) =>
          one.changed - other.changed ||
          (one.margin === other.margin ? one.a - other.a || one.b - other.b : one.margin - other.margin),
      )
      .slice(0, most)
  if (wrong > 0) {
    const listed = Array.from(wrongSums.a, (a, index) => ({
      a,
      b: wrongSums.b[index]!,
      margin: wrongSums.margin[index]!,
    }))
    return { kind: 'wrong', of: wrong, below: null, sums: closest(listed) }
  }
  const below = weakLimit(weakest.map(({ margin }) => margin))
  const weak = weakest.filter(({ margin }) => margin < below)
  return { kind: 'weak', of: weak.length, below, sums: closest(weak) }
}

/** The smallest whole number of logits that at least 50 sums are below; with fewer listed, one that all are below. */
function weakLimit(margins: readonly number[]): number {
  const last = margins[Math.min(fewestWeak, margins.length) - 1]
  return last === undefined ? 0 : Math.floor(last) + 1
}
