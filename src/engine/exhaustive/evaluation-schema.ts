import { z } from 'zod'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import { histogramBins } from '../../model/exhaustive/margins'

/** JSON has no -Infinity, the margin of logits that are not finite. */
const margin = z
  .number()
  .nullable()
  .transform((value) => value ?? -Infinity)

const histogram = z.array(z.int()).length(histogramBins)
const patternScoreSchema = z.object({
  n: z.int(),
  wrong: z.int(),
  loss: z.number(),
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
const weakSumSchema = z.object({ a: z.int(), b: z.int(), digit: z.int(), margin, runnerUp: z.int() })
const wrongSumSchema = z.object({ a: z.int(), b: z.int(), predicted: z.string(), margin })

/** An exhaustive evaluation as `evaluate --json` and the state file hold it. */
export const measuredEvaluationSchema: z.ZodType<MeasuredEvaluation> = z.object({
  n: z.int().min(1),
  wrong: z.int(),
  exactMatch: z.number(),
  loss: z.number(),
  lossPerDigit: z.array(z.number()),
  wrongPerDigit: z.array(z.int()),
  smallestMargin: margin,
  patterns: z.record(z.string(), patternScoreSchema),
  wrongSums: z.array(wrongSumSchema),
  marginHistogram: histogram,
  byPrefix: z.object({ n: prefixTensor, wrong: prefixTensor, marginMin: prefixTensor }),
  weakest: z.array(weakSumSchema),
  cpuSeconds: z.number(),
  plain: z.object({ sums: z.int(), cpuSeconds: z.number(), largestMarginDifference: z.number() }),
})
