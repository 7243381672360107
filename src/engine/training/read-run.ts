import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { RunCheckpoint, RunRecord } from '../../contract/training'
import type { ModelConfig } from '../../model/config'
import { checkpointsIn, type Checkpoint } from '../checkpoints'
import { loadModel } from '../load-model'
import { readLog } from './read-log'
import { planOfFolder } from './read-plan'

/**
 * A run as it lies on a disk: its log, and the weights that were kept of it, the folder's model among them. The path is the
 * folder's, its model's or a checkpoint's. Throws BadInput where there is no checkpoint.
 */
export async function readRun(path: string): Promise<RunRecord> {
  const { folder, states, modelStep } = await checkpointsIn(resolve(path))
  const { reports, seconds, remark } = await readLog(folder)
  const known = await planOfFolder(folder)
  const last = states.at(-1)!
  return {
    path: folder,
    name: basename(folder),
    config: known?.config ?? (await configOf(last.path)),
    plan: known?.plan ?? null,
    steps: known?.steps ?? Math.max(reports.at(-1)?.steps ?? 0, last.step),
    seconds,
    reports,
    checkpoints: await Promise.all(states.map(stamped)),
    modelStep,
    remark,
  }
}

async function stamped(checkpoint: Checkpoint): Promise<RunCheckpoint> {
  const { mtimeMs, size } = await stat(checkpoint.path)
  return { ...checkpoint, stamp: `${mtimeMs} ${size}` }
}

async function configOf(path: string): Promise<ModelConfig> {
  const { model, info } = await loadModel({ source: { path } }, { sessions: 1 })
  await model.dispose()
  return info.config
}
