import { z } from 'zod'
import { BadInput } from '../core/bad-input'
import type { EverySum } from '../tour/inquiry'
import { readText } from './read-text'

export const evaluationOption = [
  '--evaluation <file>',
  'what "evaluate --exhaustive --json" wrote, for the claims about every sum',
] as const

/** What is read of an exhaustive evaluation's JSON. */
const evaluationSchema = z.object({
  model: z.object({ sha256: z.string() }),
  params: z.object({ ablate: z.array(z.string()).max(0) }),
  result: z.object({
    n: z.number(),
    wrong: z.number(),
    wrongSums: z.array(z.object({ a: z.number(), b: z.number(), predicted: z.string() })),
  }),
})

/** What is kept of every sum of a model. Throws BadInput where the file is no such evaluation of it. */
export function readEvaluation(file: string, sha256: string): EverySum {
  const { data } = evaluationSchema.safeParse(jsonOf(file))
  if (!data)
    throw new BadInput(
      `"${file}" holds no exhaustive evaluation without interventions: give what "evaluate --exhaustive --json" has written.`,
    )
  if (data.model.sha256 !== sha256)
    throw new BadInput(
      `"${file}" is the evaluation of another model: evaluate this one, or open that one with --model.`,
    )
  return data.result
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
