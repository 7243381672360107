import type { Progress } from '../contract/contract'
import { isolatedTrial } from './isolated-trial'
import type { EngineProcess } from '../contract/engine-process'
import { providersToTry } from '../contract/provider-choice'
import type { Trial } from '../contract/trial'

/**
 * Tries every provider of a platform with the model at a path (null: an untrained one), each in a process of its own, one
 * after the other so that none is timed beside another.
 */
export async function tryProviders(
  spawn: () => EngineProcess,
  { platform, path }: { readonly platform: string; readonly path: string | null },
  progress: (progress: Progress) => void = () => {},
): Promise<readonly Trial[]> {
  const providers = providersToTry(platform)
  const trials: Trial[] = []
  for (const provider of providers) {
    progress({ done: trials.length, total: providers.length })
    trials.push(await isolatedTrial(spawn(), { provider, path }))
  }
  return trials
}
