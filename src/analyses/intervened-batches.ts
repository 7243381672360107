import { resolveEdits } from '../model/edits'
import type { ActivationCache, RunOptions } from '../model/model'
import { narrowEdits } from '../model/narrow-edits'
import type { AnalysisContext, AnalysisParams, AnalysisResult } from './analysis'
import { chosenSums } from './chosen-sums'
import { ReplacementSources } from './replacement-sources'
import { runBatches, type Batch } from './run-batches'

/**
 * Runs the chosen sums under the chosen interventions. `visit` takes in each batch's activations and returns the result so
 * far, which is reported as a partial one.
 */
export async function runIntervenedBatches(
  { model, progress }: AnalysisContext,
  params: AnalysisParams,
  { outputs, positions }: Pick<RunOptions, 'outputs' | 'positions'>,
  visit: (run: ActivationCache, batch: Batch) => AnalysisResult,
): Promise<void> {
  const { interventions = [] } = params
  const chosen = chosenSums(params, model.config.numDigits)
  const sources = new ReplacementSources(model, chosen)
  const optionsOf = async (batch: Batch): Promise<RunOptions> => {
    const edits = await resolveEdits(model, interventions, sources.ofBatch(batch))
    return positions ? { outputs, positions, edits: narrowEdits(model.config, edits, positions) } : { outputs, edits }
  }
  await runBatches(model, chosen.sums, optionsOf, (run, batch) => {
    progress(batch.end, chosen.sums.length, visit(run, batch))
  })
}
