import { totalsOf, wrongSumColumns } from '../../contract/every-sum'
import type { EverySum } from '../../contract/exhaustive'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'

/** An evaluation as it crosses to a window. */
export function everySumOf(evaluation: MeasuredEvaluation): EverySum {
  const { wrongSums, cpuSeconds, plain } = evaluation
  return {
    ...totalsOf(evaluation),
    cpuSeconds,
    plain: { sums: plain.sums, largestMarginDifference: plain.largestMarginDifference },
    wrongSums: wrongSumColumns(wrongSums),
  }
}
