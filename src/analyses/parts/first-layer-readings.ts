import { symbolTexts } from '../../core/task-layout'
import { tensor } from '../../core/tensor'
import { tokensOf } from '../../core/tokens'
import { tokenOfId } from '../../core/vocabulary'
import { hookOf } from '../../model/intervention'
import type { Model } from '../../model/model'
import type { AnalysisContext, AnalysisResult } from '../analysis'
import type { SumsParams } from '../parameters'
import { chosenSums } from '../running/chosen-sums'
import { batchesOf } from '../running/run-batches'
import { FirstLayerMeans, type MeanReadings } from './first-layer-means'
import type { TokenReadings } from './token-weights'

/**
 * What layer 0 makes of each token at every position. It depends on nothing else, so rows of one token, which are no sums, show them all:
 * each with its own LayerNorm scale.
 */
export async function tokenReadings(model: Model): Promise<TokenReadings> {
  const { n_ctx, layout } = model.config
  const symbols = symbolTexts.map((_, token) => token)
  const tokens = [...new Set([...symbols, ...layout.before.map((id) => tokenOfId(id, layout))])]
  const rows = Int32Array.from({ length: tokens.length * n_ctx }, (_, index) => tokens[Math.floor(index / n_ctx)]!)
  const [query, key] = [hookOf('q', 0), hookOf('k', 0)]
  const run = await model.run(tensor(['example', 'position'], [tokens.length, n_ctx], rows), { outputs: [query, key] })
  return { tokens, query: run.get(query)!.data, key: run.get(key)!.data }
}

/** Makes a result of what layer 0 reads of the chosen sums on average, also after the first of many batches. */
export async function meanReadings<R extends AnalysisResult>(
  { model, progress, pause, schedule }: AnalysisContext,
  params: SumsParams,
  readings: TokenReadings,
  resultOf: (means: MeanReadings) => R,
): Promise<R> {
  const { layout } = model.config
  const sums = chosenSums(params, layout, schedule)
  const means = new FirstLayerMeans(model.config, readings)
  for (const { begin, end, sums: some } of batchesOf(sums)) {
    await pause?.()
    means.add(tokensOf(some, layout).data)
    if (begin === 0 && end < sums.length) progress(end, sums.length, resultOf(means.means()))
    else progress(end, sums.length)
  }
  return resultOf(means.means())
}
