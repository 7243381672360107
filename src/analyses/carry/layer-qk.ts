import { layerHeadLabels } from '../../core/heads'
import { axis, tensorOver } from '../../core/axis'
import { hookOf } from '../../model/intervention'
import { defineAnalysis } from '../analysis'
import { ofOneSum } from '../parameters'
import { scaleHooks } from '../parts/attribution'
import { positionAxis } from '../parts/axes'
import { activation, streamHooks } from '../parts/stream-parts'
import { readingParts } from '../parts/reading-parts'
import { runOneSum } from '../running/run-one-sum'

/** Why a head of the last layer looks where it looks: its scores, by what wrote the query and what wrote the key. */
export const layerQk = defineAnalysis({
  id: 'layer-qk',
  question: 'Which earlier components make the last layer look where it looks?',
  definition:
    'hook_attn_scores of the last layer as a sum over what the query reads and what the key reads: (query part . key part) / ' +
    'sqrt(d_head). Parts: embeddings, heads and MLPs of earlier layers and b_O through ln1 (its scale as it is in the run), the bias (b_Q ' +
    'or b_K and that of ln1), and rest, what interventions add. NaN where the key is later than the query.',
  about: 'sum',
  parameters: ofOneSum,
  async run({ model, progress }, params) {
    const { config } = model
    const { n_layers, n_heads, n_ctx, d_head, layout } = config
    const layer = n_layers - 1
    const hooks = [
      hookOf('q', layer),
      hookOf('k', layer),
      `blocks.${layer}.attn.hook_attn_scores`,
      ...scaleHooks(config, [`blocks.${layer}.ln1`]),
    ]
    const { interventions = [] } = params
    const run = await runOneSum(model, params, [...new Set([...streamHooks(model, interventions), ...hooks])])
    const taken = { run, model, example: 0, interventions }
    const [queries, keys] = [readingParts(taken, layer, 'Q'), readingParts(taken, layer, 'K')]
    const names = queries.labels
    const data = new Float64Array(n_heads * n_ctx * n_ctx * names.length ** 2).fill(NaN)
    const scores = activation(run, hooks[2]!).data
    const score = Float64Array.from(scores.subarray(0, n_heads * n_ctx * n_ctx), (value) => value)
    let closure = 0
    for (let head = 0; head < n_heads; head++)
      for (let query = 0; query < n_ctx; query++)
        for (let key = 0; key < n_ctx; key++) {
          const cell = (head * n_ctx + query) * n_ctx + key
          if (key > query) {
            score[cell] = NaN
            continue
          }
          let total = 0
          for (let one = 0; one < names.length; one++)
            for (let other = 0; other < names.length; other++) {
              let product = 0
              const [from, to] = [queries.offset(one, query, head), keys.offset(other, key, head)]
              for (let index = 0; index < d_head; index++)
                product += queries.data[from + index]! * keys.data[to + index]!
              product /= Math.sqrt(d_head)
              data[(cell * names.length + one) * names.length + other] = product
              total += product
            }
          closure = Math.max(closure, Math.abs(total - score[cell]!))
        }
    progress(1, 1)
    const heads = axis('head', layerHeadLabels(layer, n_heads))
    const axes = [heads, positionAxis('query', layout), positionAxis('key', layout)] as const
    return {
      layer,
      closure,
      score: tensorOver(axes, score),
      parts: tensorOver([...axes, axis('queryPart', names), axis('keyPart', names)], data),
    }
  },
})
