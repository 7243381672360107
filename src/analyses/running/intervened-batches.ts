import { resolveEdits } from '../../model/edits'
import type { ActivationCache, RunOptions } from '../../model/model'
import type { AnalysisContext, AnalysisResult } from '../analysis'
import type { RunSumsParams } from '../parameters'
import { chosenSets } from './chosen-sums'
import { ReplacementSources } from './replacement-sources'
import { runBatches, type Batch } from './run-batches'

/** How many partial results are reported at most: they may take longer to make than a batch. */
const partials = 20

/**
 * Runs the chosen sums under the chosen interventions. `add` takes in each batch's activations; `resultOf` makes the result
 * of what was taken in so far, which is reported now and then, and in the end returned. Only the first `atMost` sums are run;
 * means are over all.
 */
export async function runIntervenedBatches<R extends AnalysisResult>(
  { model, progress, schedule }: AnalysisContext,
  params: RunSumsParams,
  { outputs, positions, atMost }: Pick<RunOptions, 'outputs' | 'positions'> & { readonly atMost?: number },
  add: (run: ActivationCache, batch: Batch) => void,
  resultOf: () => R,
): Promise<R> {
  const { interventions = [] } = params
  const chosen = chosenSets(params, model.config.layout, schedule)
  const sources = new ReplacementSources(model, chosen, { positions })
  const sums = chosen.sums.slice(0, atMost)
  const total = sums.length
  const optionsOf = async (batch: Batch): Promise<RunOptions> => {
    const edits = await resolveEdits(model, interventions, sources.ofBatch(batch), positions)
    return positions ? { outputs, positions, edits } : { outputs, edits }
  }
  await runBatches(model, sums, optionsOf, (run, batch) => {
    add(run, batch)
    if (batch.end === total) return
    const isDue = Math.floor((partials * batch.begin) / total) < Math.floor((partials * batch.end) / total)
    if (isDue) progress(batch.end, total, resultOf())
    else progress(batch.end, total)
  })
  const result = resultOf()
  progress(total, total, result)
  return result
}

/** The same context for runs that only gather: nothing of what they have so far is a result. */
export function withoutPartials(context: AnalysisContext): AnalysisContext {
  return {
    ...context,
    progress: (done, total) => {
      context.progress(done, total)
    },
  }
}
