import { trialSchema, type Trial, type TrialRequest } from '../contract/trial'
import type { EngineProcess } from '../contract/engine-process'

/**
 * Tries one provider in a process of its own, because a driver may take its process with it, and ends that. Never rejects:
 * a process that dies or takes longer than `timeoutMs` has failed.
 */
export async function isolatedTrial(process: EngineProcess, request: TrialRequest, timeoutMs = 60_000): Promise<Trial> {
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
