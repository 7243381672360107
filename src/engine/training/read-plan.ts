import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RunPlan } from '../../contract/training'
import type { ModelConfig } from '../../model/config'
import { totalSteps } from '../../model/training/phase'
import { files, readPlan } from './training-folder'

/** What the folder of a run that was begun here says it is; null for one that has only its checkpoints. Throws BadInput as `readPlan`. */
export async function planOfFolder(
  folder: string,
): Promise<{ readonly config: ModelConfig; readonly steps: number; readonly plan: RunPlan } | null> {
  if (!existsSync(join(folder, files.plan))) return null
  const { preset, recipe } = await readPlan(folder)
  const { config, seed, batchSize, schedule, data } = recipe
  const hardShare = data.kind === 'fresh' ? data.hardShare : null
  return {
    config,
    steps: totalSteps(recipe),
    plan: { preset, seed, batchSize, learningRate: schedule.peak, hardShare },
  }
}
