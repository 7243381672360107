import { tensorOver } from '../../core/axis'
import type { Tensor } from '../../core/tensor'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofOneSum } from '../parameters'
import { headAxes, positionAxis } from '../parts/axes'
import type { WeightedModel } from '../parts/logit-map'
import { runOneSum } from '../running/run-one-sum'
import { activation } from '../parts/stream-parts'

/** Layers by heads (`0`, `1`, .. of each layer) by destination by source. NaN where the source comes later. */
export type Attention = Tensor<readonly ['layer', 'head', 'query', 'key']>

/** The outputs to ask a run for, at every position. */
export function attentionHooks({ config }: Pick<WeightedModel, 'config'>): string[] {
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  return layers.flatMap((layer) => [`blocks.${layer}.attn.hook_pattern`, `blocks.${layer}.attn.hook_attn_scores`])
}

/** Reads attention of one row of a run over all positions. */
export function attentionOf(
  run: ActivationCache,
  { config }: Pick<WeightedModel, 'config'>,
  example = 0,
): { readonly pattern: Attention; readonly scores: Attention } {
  return {
    pattern: layersOf(run, config, example, 'hook_pattern', 'probability'),
    scores: layersOf(run, config, example, 'hook_attn_scores', 'score'),
  }
}

export const attention = defineAnalysis({
  id: 'attention',
  question: 'From where does each position read?',
  definition:
    'hook_pattern (softmax) and hook_attn_scores (divided by the square root of d_head) of every head: rows are destinations ' +
    '(queries), columns sources (keys); NaN where the source comes later and is masked.',
  about: 'sum',
  parameters: ofOneSum,
  async run({ model }, params) {
    return { ...attentionOf(await runOneSum(model, params, attentionHooks(model)), model) }
  },
})

function layersOf(
  run: ActivationCache,
  config: WeightedModel['config'],
  example: number,
  hook: string,
  unit: string,
): Attention {
  const { n_layers, n_heads, n_ctx, layout } = config
  const perLayer = n_heads * n_ctx * n_ctx
  const layers = Array.from({ length: n_layers }, (_, layer) => activation(run, `blocks.${layer}.attn.${hook}`).data)
  // As it was computed: what is in single precision stays so.
  const isSingle = layers.every((source) => source instanceof Float32Array)
  const data = isSingle ? new Float32Array(n_layers * perLayer) : new Float64Array(n_layers * perLayer)
  layers.forEach((source, layer) => {
    data.set(source.subarray(example * perLayer, (example + 1) * perLayer), layer * perLayer)
  })
  for (let row = 0; row < n_layers * n_heads * n_ctx; row++)
    data.fill(NaN, row * n_ctx + (row % n_ctx) + 1, (row + 1) * n_ctx)
  return tensorOver([...headAxes(config), positionAxis('query', layout), positionAxis('key', layout)], data, unit)
}
