import { Moments } from '../../core/moments'
import { tensorOver } from '../../core/axis'
import { hookOf } from '../../model/intervention'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { runIntervenedBatches } from '../running/intervened-batches'
import type { WeightedModel } from '../parts/logit-map'
import { headAxes, positionAxis } from '../parts/axes'
import type { Batch } from '../running/run-batches'

/** Where each head looks on average over many sums, and how much that varies. */
export const meanAttention = defineAnalysis({
  id: 'mean-attention',
  question: 'Where does each head look, over many sums?',
  definition:
    'Mean and standard deviation (ddof 1) of hook_pattern over the sums: rows are destinations (queries), columns sources ' +
    '(keys); NaN where the source comes later and is masked.',
  about: 'dataset',
  parameters: ofRunSums,
  async run(context, params) {
    const { n_layers, n_heads, n_ctx } = context.model.config
    const perLayer = n_heads * n_ctx * n_ctx
    const outputs = Array.from({ length: n_layers }, (_, layer) => hookOf('pattern', layer))
    const moments = outputs.map(() => new Moments(perLayer))
    const add = (run: ActivationCache, batch: Batch) => {
      for (const [layer, hook] of outputs.entries())
        for (let example = 0; example < batch.sums.length; example++)
          moments[layer]!.add(run.get(hook)!.data, example * perLayer)
    }
    return runIntervenedBatches(context, params, { outputs }, add, () => summary(context.model, moments))
  },
})

function summary({ config }: WeightedModel, moments: readonly Moments[]) {
  const { n_ctx, layout } = config
  const axes = [...headAxes(config), positionAxis('query', layout), positionAxis('key', layout)] as const
  const ofLayers = (of: (layer: Moments) => Float64Array) => {
    const data = Float64Array.from(moments.flatMap((layer) => [...of(layer)]))
    for (let row = 0; row < data.length / n_ctx; row++)
      data.fill(NaN, row * n_ctx + (row % n_ctx) + 1, (row + 1) * n_ctx)
    return tensorOver(axes, data, 'probability')
  }
  return {
    n: moments[0]!.count,
    mean: ofLayers((layer) => layer.mean()),
    std: ofLayers((layer) => layer.standardDeviation()),
  }
}
