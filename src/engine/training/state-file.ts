import { readSafetensors } from '../../model/files/safetensors-reader'
import { writeSafetensors } from '../../model/files/safetensors-writer'
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

export function encodeState({ state, best, seconds }: SavedState): Uint8Array {
  const { step, parameters, mean, square } = state
  const vectors = Object.entries({ parameters, mean, square })
  const progress = { shape: [4], data: Float64Array.of(step, best.step, best.loss, seconds) }
  return writeSafetensors([
    ['progress', progress],
    ...vectors.map(([name, data]) => [name, { shape: [data.length], data }] as const),
  ])
}

/** Throws BadInput where the bytes are not those of a state. */
export function decodeState(file: string, bytes: Uint8Array): SavedState {
  const tensors = readSafetensors(file, bytes)
  const vector = (name: string) => tensors.get(name)!.data as Float32Array
  const [step, bestStep, bestLoss, seconds] = tensors.get('progress')!.data as unknown as [
    number,
    number,
    number,
    number,
  ]
  return {
    state: { step, parameters: vector('parameters'), mean: vector('mean'), square: vector('square') },
    best: { step: bestStep, loss: bestLoss },
    seconds,
  }
}
