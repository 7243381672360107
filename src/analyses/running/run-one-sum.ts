import { tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import type { ActivationCache, Model } from '../../model/model'
import type { OneSumParams } from '../parameters'
import { chosenSum } from './chosen-sums'
import { ReplacementSources } from './replacement-sources'

/** Runs the one chosen sum under the chosen interventions. Throws BadInput where it is too long. */
export async function runOneSum(
  model: Model,
  params: OneSumParams,
  outputs: readonly string[],
): Promise<ActivationCache> {
  const { sum, ...sets } = chosenSum(params, model.config.layout)
  const sources = new ReplacementSources(model, sets)
  const edits = await resolveEdits(model, params.interventions ?? [], sources.ofBatch({ begin: 0, end: 1 }))
  return model.run(tokensOf([sum], model.config.layout), { outputs, edits })
}
