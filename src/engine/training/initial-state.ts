import { flatten } from '../../model/training/flat-parameters'
import { initialWeights } from '../../model/training/initial-weights'
import type { Recipe } from '../../model/training/recipe'
import type { TrainingState } from './training-state'

/** What a training begins with: the seed's first weights, and nothing remembered. */
export function initialState({ config, seed }: Recipe): TrainingState {
  const parameters = flatten(config, initialWeights(config, seed))
  return { step: 0, parameters, mean: new Float32Array(parameters.length), square: new Float32Array(parameters.length) }
}
