import { z } from 'zod'
import type { FailedTrial, ProviderTrial } from './provider-choice'
import type { EngineProcess } from './kept-engine'

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

/**
 * Tries one provider in a process of its own, because a driver may take its process with it, and ends that. Never rejects:
 * a process that dies or takes longer than `timeoutMs` has failed.
 */
export async function isolatedTrial(
  process: EngineProcess,
  request: TrialRequest,
  timeoutMs = 60_000,
): Promise<ProviderTrial | FailedTrial> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise((resolve) => {
      const fail = (failure: string): void => {
        resolve({ provider: request.provider, failure })
      }
      timer = setTimeout(() => {
        fail(`its trial took longer than ${timeoutMs / 1000} seconds`)
      }, timeoutMs)
      process.port.onClose(fail)
      process.port.on((message) => {
        const trial = trialSchema.safeParse(message)
        if (trial.success) resolve(trial.data)
        else fail('its trial gave an answer that is none')
      })
      process.port.post(request)
    })
  } finally {
    clearTimeout(timer)
    process.kill()
  }
}
