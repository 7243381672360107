import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BadInput } from '../core/bad-input'
import { systemCode, systemReason } from '../files/system-reason'
import { safetensorsMetadata } from '../model/files/safetensors-reader'
import { isWeightsName } from '../model/files/weights-file'

/** A state of a training, as a file. */
export interface Checkpoint {
  /** Steps that had been taken. */
  readonly step: number
  readonly path: string
}

/** A training as it lies on disk. */
export interface TrainingStates {
  readonly folder: string
  /** In the order of their steps; at least one. */
  readonly states: readonly Checkpoint[]
  /** The step whose weights the folder's model has; null where it has no model, or none that says so. */
  readonly modelStep: number | null
}

const checkpointsName = 'checkpoints'
const modelName = 'model.safetensors'

/**
 * The states of the training that lies in a folder, in the order of their steps: the files of weights with a number in their names
 * (`step-000500.safetensors`) in its `checkpoints/` or else in itself, and the model that it led to, where that stands at a step of
 * its own. `path` may also name `checkpoints/` or any file among these. Throws BadInput where there are none.
 */
export async function checkpointsIn(path: string): Promise<TrainingStates> {
  const folder = await trainingFolderOf(path)
  const own = await statesIn(join(folder, checkpointsName))
  const states = own.length > 0 ? own : await statesIn(folder)
  if (states.length === 0)
    throw new BadInput(
      `"${folder}" has no checkpoints (files such as ${checkpointsName}/step-000500.safetensors): name the folder of a training, as "carryscope train" makes them.`,
    )
  const result = await resultOf(folder)
  const all = result && !states.some(({ step }) => step === result.step) ? [...states, result] : states
  return { folder, states: all.toSorted((one, other) => one.step - other.step), modelStep: result?.step ?? null }
}

async function trainingFolderOf(path: string): Promise<string> {
  const about = await stat(path).catch(() => null)
  if (!about) throw new BadInput(`There is nothing at "${path}": name the folder of a training.`)
  const folder = about.isDirectory() ? path : dirname(path)
  return basename(folder) === checkpointsName ? dirname(folder) : folder
}

async function statesIn(folder: string): Promise<readonly Checkpoint[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw new BadInput(`The folder "${folder}" cannot be read (${systemReason(error)}); check its permissions.`)
  })
  const states = new Map<number, string>()
  for (const name of names.filter(isWeightsName)) {
    const step = /(\d+)\D*$/.exec(name.replace(/\.\w+$/, ''))?.[1]
    if (step === undefined) continue
    const other = states.get(Number(step))
    if (other !== undefined)
      throw new BadInput(
        `"${other}" and "${name}" in "${folder}" both stand at step ${Number(step)}: leave one of them there.`,
      )
    states.set(Number(step), name)
  }
  return [...states].map(([step, name]) => ({ step, path: join(folder, name) }))
}

/** The model at the end of a training, where its file says at which step that was. */
async function resultOf(folder: string): Promise<Checkpoint | null> {
  const path = join(folder, modelName)
  const bytes = await readFile(path).catch(() => null)
  const { step } = bytes ? safetensorsMetadata(modelName, bytes) : {}
  return step !== undefined && /^\d+$/.test(step) ? { step: Number(step), path } : null
}
