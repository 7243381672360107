import { z } from 'zod'
import { methods } from './contract'
import type { EverySum } from './exhaustive'

/** What a process that evaluates every sum in the background is asked, once. */
export const jobRequestSchema = z.strictObject({
  model: methods.openModel.params,
  interventions: methods.exhaustive.params.shape.interventions,
  /** `look`: what is kept of all parts, at once. `run`, `again`: evaluates this part. */
  action: z.enum(['look', 'run', 'again']),
  /** Which part, from 1, and how many there are. */
  shard: z.strictObject({ index: z.int().min(1), count: z.int().min(1).max(64) }),
  /** Where finished work is kept. */
  folder: z.string().min(1).max(4096),
})
export type JobRequest = z.output<typeof jobRequestSchema>

/** What it answers: how far it is, again and again, and in the end that it is done; or why it cannot be. */
export type JobAnswer =
  | {
      readonly kind: 'part'
      readonly total: number
      readonly evaluation: EverySum | null
      readonly finished: boolean
    }
  | { readonly kind: 'failure'; readonly message: string }
