import { z } from 'zod'
import type { FailedTrial, ProviderTrial } from './provider-choice'

/** What a trial process is asked, once: to try one provider with the model at a path (null: an untrained one). */
export const trialRequestSchema = z.strictObject({ provider: z.string(), path: z.string().nullable() })
export type TrialRequest = z.output<typeof trialRequestSchema>

export const trialSchema = z.union([
  z.strictObject({
    provider: z.string(),
    maxDifference: z.number(),
    liveMs: z.number(),
    sweepSums: z.number(),
    sumsPerSecond: z.number(),
  }),
  z.strictObject({ provider: z.string(), failure: z.string() }),
])

/** What came of trying a provider. */
export type Trial = ProviderTrial | FailedTrial
