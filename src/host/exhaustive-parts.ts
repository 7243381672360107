import { totalsOf, wrongSumColumns } from '../contract/every-sum'
import type { EverySum, WrongSums } from '../contract/exhaustive'
import { mergeEvaluations } from '../model/exhaustive/evaluation'

/** The evaluations of disjoint parts of all sums as one; null without any. */
export function mergedSums(parts: readonly EverySum[]): EverySum | null {
  if (parts.length < 2) return parts[0] ?? null
  const merged = mergeEvaluations(
    parts.map((part) => ({ ...part, wrongSums: [], lossPerDigit: [], wrongPerDigit: [] })),
  )
  return {
    ...totalsOf(merged),
    wrongSums: mergedWrong(parts.map(({ wrongSums }) => wrongSums)),
    cpuSeconds: parts.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    plain: {
      sums: parts.reduce((sum, { plain }) => sum + plain.sums, 0),
      largestMarginDifference: Math.max(...parts.map(({ plain }) => plain.largestMarginDifference)),
    },
  }
}

/** In order of a, then b. */
function mergedWrong(parts: readonly WrongSums[]): WrongSums {
  const all = parts.flatMap((part) =>
    Array.from(part.a, (a, index) => ({ a, b: part.b[index]!, margin: part.margin[index]! })),
  )
  all.sort((one, other) => one.a - other.a || one.b - other.b)
  return wrongSumColumns(all)
}
