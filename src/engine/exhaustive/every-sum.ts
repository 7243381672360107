import type { EverySum } from '../../contract/exhaustive'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'

/** An evaluation as it crosses to a window: without answers, and with its wrong sums as columns, which may be 100,000. */
export function everySumOf(evaluation: MeasuredEvaluation): EverySum {
  const { n, wrong, exactMatch, loss, smallestMargin, patterns, marginHistogram, byPrefix, weakest } = evaluation
  const { wrongSums, cpuSeconds, plain } = evaluation
  return {
    n,
    wrong,
    exactMatch,
    loss,
    smallestMargin,
    patterns,
    marginHistogram,
    byPrefix,
    weakest,
    cpuSeconds,
    plain: { sums: plain.sums, largestMarginDifference: plain.largestMarginDifference },
    wrongSums: {
      a: Int32Array.from(wrongSums, ({ a }) => a),
      b: Int32Array.from(wrongSums, ({ b }) => b),
      margin: Float64Array.from(wrongSums, ({ margin }) => margin),
    },
  }
}
