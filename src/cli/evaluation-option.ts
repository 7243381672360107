import { z } from 'zod'
import { BadInput } from '../core/bad-input'
import { sameLayout } from '../core/task-layout'
import { measuredEvaluationSchema } from '../engine/exhaustive/evaluation-schema'
import { everySumOf } from '../engine/exhaustive/every-sum'
import type { ModelConfig } from '../model/config'
import { layoutSchema } from '../model/input-schemas'
import { parseIntervention } from '../model/intervention-text'
import type { ReportedSums } from '../report/every-sum-sections'
import type { EverySum } from '../tour/inquiry'
import { readText } from './read-text'

export const evaluationOption = [
  '--evaluation <file>',
  'what "evaluate --exhaustive --json" wrote, for the claims about every sum',
] as const

/** Whose evaluation it is, and what acted. */
const headSchema = z.object({
  model: z.object({ sha256: z.string() }),
  params: z.object({ ablate: z.array(z.string()) }),
})

/** What claims read of an exhaustive evaluation's JSON. */
const cleanSchema = headSchema.extend({
  params: z.object({ ablate: z.array(z.string()).max(0) }),
  result: z.object({
    n: z.number(),
    wrong: z.number(),
    wrongSums: z.array(z.object({ a: z.number(), b: z.number(), predicted: z.string() })),
  }),
})

const wholeSchema = headSchema.extend({
  model: z.object({ sha256: z.string(), config: z.looseObject({ layout: layoutSchema }) }),
  result: measuredEvaluationSchema,
})

/** What is kept of every sum of a model, for claims about it. Throws BadInput where the file is no such evaluation of it. */
export function readEvaluation(file: string, sha256: string): EverySum {
  const { data } = cleanSchema.safeParse(jsonOf(file))
  if (!data)
    throw new BadInput(
      `"${file}" holds no exhaustive evaluation without interventions: give what "evaluate --exhaustive --json" has written.`,
    )
  checkModel(file, data.model.sha256, sha256)
  return data.result
}

/** An evaluation of every sum of a model, for figures, with what acted. Throws BadInput where the file is none of that model. */
export function readReportedSums(
  file: string,
  { sha256, config }: { readonly sha256: string; readonly config: ModelConfig },
): ReportedSums {
  const { data } = wholeSchema.safeParse(jsonOf(file))
  if (!data)
    throw new BadInput(
      `"${file}" holds no exhaustive evaluation: give what "evaluate --exhaustive --json" or "merge --json" has written.`,
    )
  checkModel(file, data.model.sha256, sha256)
  if (!sameLayout(data.model.config.layout, config.layout))
    throw new BadInput(
      `"${file}" is an evaluation of sums that are written in another way: evaluate this layout, or give that one with --layout.`,
    )
  const interventions = data.params.ablate.map((text) => parseIntervention(text, config))
  return { every: everySumOf(data.result), interventions }
}

function checkModel(file: string, found: string, wanted: string): void {
  if (found !== wanted)
    throw new BadInput(
      `"${file}" is the evaluation of another model: evaluate this one, or open that one with --model.`,
    )
}

/** Undefined where the file is no JSON, which no schema takes. */
function jsonOf(file: string): unknown {
  const text = readText(file, 'evaluation')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
