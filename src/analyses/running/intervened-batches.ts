import { resolveEdits } from '../../model/edits'
import type { ActivationCache, RunOptions } from '../../model/model'
import type { AnalysisContext, AnalysisResult } from '../analysis'
import type { RunSumsParams } from '../parameters'
import { chosenSets } from './chosen-sums'
import { ReplacementSources } from './replacement-sources'
import { runBatches, type Batch } from './run-batches'

/** After which shares of the sums a partial result is reported: it may take longer to make than a batch. */
const usualPartials = Array.from({ length: 19 }, (_, part) => (part + 1) / 20)

/** The same for results that take as long as the runs themselves. */
export const costlyPartials = [1 / 10]

interface Batches extends Pick<RunOptions, 'outputs' | 'positions'> {
  /** Only so many sums are run. */
  readonly atMost?: number
  /** After which shares of the sums a partial result is reported. */
  readonly partialsAt?: readonly number[]
}

/**
 * Runs the chosen sums under the chosen interventions. `add` takes in each batch's activations; `resultOf` makes the result
 * of what was taken in so far, which is reported now and then, and in the end returned. Only the first `atMost` sums are run;
 * means are over all.
 */
export async function runIntervenedBatches<R extends AnalysisResult>(
  { model, progress, schedule }: AnalysisContext,
  params: RunSumsParams,
  { outputs, positions, atMost, partialsAt = usualPartials }: Batches,
  add: (run: ActivationCache, batch: Batch) => void,
  resultOf: () => R | Promise<R>,
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
  await runBatches(model, sums, optionsOf, async (run, batch) => {
    add(run, batch)
    if (batch.end === total) return
    const isDue = partialsAt.some((share) => batch.begin < share * total && share * total <= batch.end)
    if (isDue) progress(batch.end, total, await resultOf())
    else progress(batch.end, total)
  })
  const result = await resultOf()
  progress(total, total, result)
  return result
}
