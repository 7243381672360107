import { z } from 'zod'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'

/** JSON has no -Infinity, the margin of logits that are not finite. */
const margin = z
  .number()
  .nullable()
  .transform((value) => value ?? -Infinity)

const patternScoreSchema = z.object({ n: z.int(), wrong: z.int(), loss: z.number(), smallestMargin: margin })
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
  cpuSeconds: z.number(),
  plain: z.object({ sums: z.int(), cpuSeconds: z.number(), largestMarginDifference: z.number() }),
})
