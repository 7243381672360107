import { tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import type { ActivationCache, Model } from '../../model/model'
import type { AnalysisParams } from '../analysis'
import { chosenSum } from './chosen-sums'
import { ReplacementSources } from './replacement-sources'

/** Runs the one chosen sum under the chosen interventions. Throws BadInput where no sum was given. */
export async function runOneSum(
  model: Model,
  params: AnalysisParams,
  outputs: readonly string[],
): Promise<ActivationCache> {
  const { sum, ...sets } = chosenSum(params, model.config.numDigits)
  const sources = new ReplacementSources(model, sets)
  const edits = await resolveEdits(model, params.interventions ?? [], sources.ofBatch({ begin: 0, end: 1 }))
  return model.run(tokensOf([sum], model.config.numDigits), { outputs, edits })
}
