import { BadInput } from '../../core/bad-input'
import { readSafetensors } from '../../model/files/safetensors-reader'
import { writeSafetensors } from '../../model/files/safetensors-writer'
import { parameterCount } from '../../model/training/flat-parameters'
import type { Recipe } from '../../model/training/recipe'
import type { TrainingState } from './training-state'

/** The checkpoint with the lowest held-out loss so far. */
export interface BestCheckpoint {
  readonly step: number
  readonly loss: number
}

/** What a training goes on from, as one safetensors file. */
export interface SavedState {
  readonly state: TrainingState
  readonly best: BestCheckpoint
  /** Seconds trained so far, over all sittings. */
  readonly seconds: number
}

/** [step, step of the best checkpoint, its loss, seconds] */
const progressName = 'progress'

export function encodeState({ state, best, seconds }: SavedState): Uint8Array {
  const { step, parameters, mean, square } = state
  const vectors = Object.entries({ parameters, mean, square })
  const progress = { shape: [4], data: Float64Array.of(step, best.step, best.loss, seconds) }
  return writeSafetensors([
    [progressName, progress],
    ...vectors.map(([name, data]) => [name, { shape: [data.length], data }] as const),
  ])
}

/**
 * The state of a training of this recipe. Throws BadInput where the bytes are none, are of another recipe, or hold what no training can
 * go on from.
 */
export function decodeState(file: string, bytes: Uint8Array, { config, schedule, refinement }: Recipe): SavedState {
  const tensors = readSafetensors(file, bytes)
  const numbersOf = (name: string, length: number): Float32Array | Float64Array => {
    const stored = tensors.get(name)
    const type = name === progressName ? 'F64' : 'F32'
    if (stored?.type !== type || stored.shape.join() !== `${length}`)
      throw unusable(file, `has no "${name}" of ${length} ${type} numbers`)
    const data = stored.read()
    const bad = data.findIndex((value) => !Number.isFinite(value) || (name === 'square' && value < 0))
    if (bad >= 0) throw unusable(file, `holds ${data[bad]} in "${name}"`)
    return data
  }
  const vector = (name: string) => numbersOf(name, parameterCount(config)) as Float32Array
  const [step, bestStep, loss, seconds] = numbersOf(progressName, 4) as unknown as [number, number, number, number]
  const steps = schedule.steps + (refinement?.schedule.steps ?? 0)
  if (!isStep(step, steps) || !isStep(bestStep, step) || loss < 0 || seconds < 0)
    throw unusable(
      file,
      `says that it stands at step ${step} of ${steps}, after ${seconds} s, the best at step ${bestStep}`,
    )
  return {
    state: { step, parameters: vector('parameters'), mean: vector('mean'), square: vector('square') },
    best: { step: bestStep, loss },
    seconds,
  }
}

function isStep(step: number, most: number): boolean {
  return Number.isInteger(step) && step >= 0 && step <= most
}

function unusable(file: string, fault: string): BadInput {
  return new BadInput(
    `The training state "${file}" ${fault}, so that nothing can go on from it; begin another training in another folder.`,
  )
}
