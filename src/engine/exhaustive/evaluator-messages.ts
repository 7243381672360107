import { z } from 'zod'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import { interventionsSchema } from '../../model/input-schemas'
import type { EvaluatedModel } from './chunk-evaluator'

/** What an evaluator process is asked: first to load a model, then for one range of groups after the other. */
export const evaluatorRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('model'),
    model: z.custom<EvaluatedModel>((model) => (model as EvaluatedModel | null)?.weights instanceof Map),
    way: z.strictObject({ decoding: z.enum(['teacher-forced', 'greedy']), interventions: interventionsSchema }),
  }),
  z.strictObject({
    kind: z.literal('groups'),
    begin: z.int().min(0),
    end: z.int().min(0),
    unlistedFrom: z.int().min(0),
  }),
])
export type EvaluatorRequest = z.output<typeof evaluatorRequestSchema>

/** What it answers to each request for groups. */
export type EvaluatorAnswer =
  | { readonly kind: 'evaluation'; readonly evaluation: MeasuredEvaluation }
  | { readonly kind: 'failure'; readonly message: string }
