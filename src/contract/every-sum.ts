import type { Evaluation, WrongSum } from '../model/exhaustive/evaluation'
import type { EverySum, WrongSums } from './exhaustive'

/** What an evaluation tells of all its sums together, without its lists of sums and of digits. */
export function totalsOf(evaluation: Evaluation): Omit<EverySum, 'wrongSums' | 'cpuSeconds' | 'plain'> {
  const { n, wrong, exactMatch, loss, smallestMargin, patterns, marginHistogram, byPrefix, weakest } = evaluation
  return { n, wrong, exactMatch, loss, smallestMargin, patterns, marginHistogram, byPrefix, weakest }
}

/** Wrong sums without their answers, as columns: there may be 100,000. */
export function wrongSumColumns(sums: readonly Pick<WrongSum, 'a' | 'b' | 'margin'>[]): WrongSums {
  return {
    a: Int32Array.from(sums, ({ a }) => a),
    b: Int32Array.from(sums, ({ b }) => b),
    margin: Float64Array.from(sums, ({ margin }) => margin),
  }
}
