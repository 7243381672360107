import { z } from 'zod'
import { listedWrongSums, type MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import { histogramBins } from '../../model/exhaustive/margins'

/** JSON has no -Infinity, the margin of logits that are not finite. */
const margin = z
  .number()
  .nullable()
  .transform((value) => value ?? -Infinity)

const count = z.int().min(0)
const loss = z.number().min(0)
const histogram = z.array(count).length(histogramBins)
const patternScoreSchema = z.object({
  n: count,
  wrong: count,
  loss,
  marginMin: margin,
  marginMedian: margin,
  marginHistogram: histogram,
})
const prefixTensor = z.object({
  dims: z.tuple([z.literal('prefixA'), z.literal('prefixB')]),
  shape: z.tuple([z.int(), z.int()]),
  data: z.array(margin),
  labels: z.object({ prefixA: z.array(z.string()), prefixB: z.array(z.string()) }),
  unit: z.string(),
})
const weakSumSchema = z.object({ a: count, b: count, digit: count, margin, runnerUp: count })
const wrongSumSchema = z.object({ a: count, b: count, predicted: z.string().max(20), margin })

/**
 * An exhaustive evaluation as `evaluate --json` and the state file hold it. Its numbers have to be of one and the same set of
 * sums: a file that was edited or put together by hand is refused.
 */
export const measuredEvaluationSchema: z.ZodType<MeasuredEvaluation> = z
  .object({
    n: z.int().min(1),
    wrong: count,
    exactMatch: z.number().min(0).max(1),
    loss,
    lossPerDigit: z.array(loss).min(1).max(20),
    wrongPerDigit: z.array(count).min(1).max(20),
    smallestMargin: margin,
    patterns: z.record(z.string().max(20), patternScoreSchema),
    wrongSums: z.array(wrongSumSchema).max(listedWrongSums),
    marginHistogram: histogram,
    byPrefix: z.object({ n: prefixTensor, wrong: prefixTensor, marginMin: prefixTensor }),
    weakest: z.array(weakSumSchema),
    cpuSeconds: z.number().min(0),
    plain: z.object({ sums: count, cpuSeconds: z.number().min(0), largestMarginDifference: z.number().min(0) }),
  })
  .refine(isConsistent, 'its numbers contradict one another')

function isConsistent({ n, wrong, exactMatch, lossPerDigit, wrongPerDigit, patterns, wrongSums }: MeasuredEvaluation) {
  const scores = Object.values(patterns)
  const total = (of: 'n' | 'wrong') => scores.reduce((sum, score) => sum + score[of], 0)
  return (
    total('n') === n &&
    total('wrong') === wrong &&
    scores.every((score) => score.wrong <= score.n) &&
    Math.abs(1 - wrong / n - exactMatch) < 1e-9 &&
    lossPerDigit.length === wrongPerDigit.length &&
    wrongPerDigit.every((digit) => digit <= wrong) &&
    wrongSums.length <= wrong
  )
}
