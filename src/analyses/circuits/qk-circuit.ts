import { layerHeadLabels } from '../../core/heads'
import { mean } from '../../core/statistics'
import { axis, tensorOver } from '../../core/axis'
import { equalsPosition, plusPosition, positionLabels } from '../../core/positions'
import { softmax } from '../../core/softmax'
import { equals, plus } from '../../core/tokens'
import { vocabLabels } from '../../core/vocabulary'
import { meanActivations } from '../../model/mean-activations'
import { isCentring } from '../../model/normalization'
import { defineAnalysis } from '../analysis'
import { definition, ofSums, type Definition } from '../parameters'
import { chosenSums } from '../running/chosen-sums'
import { scaleHooks } from '../parts/attribution'
import { positionAxis } from '../parts/axes'
import { ignoreMean, layerNorm, parameter, type WeightedModel } from '../parts/logit-map'
import { tokenBatches } from '../running/run-batches'

const queryHook = 'blocks.0.attn.hook_q'

/**
 * What the heads of the first layer look for: their mean query at each position against the key that each position and each
 * token would give by itself, all keys divided by one scale. b_K is left out: it adds the same to every key of a query.
 */
export const qkCircuit = defineAnalysis({
  id: 'qk-circuit',
  question: 'Which positions and which tokens does each first-layer head look for?',
  definition:
    'full: mean hook_q (over the sums) times (embedding / mean ln1.hook_scale) @ W_K / sqrt(d_head), for the positions’ and ' +
    'then the tokens’ embeddings; NaN where a position comes later. positional: softmax over the positions, + and = with ' +
    'their token’s embedding added. The notebook averages the two, draws masked cells as 0 and labels keys wrongly.',
  about: 'dataset',
  parameters: { ...ofSums, definition },
  async run({ model, schedule }, params) {
    const { config } = model
    const { layout, n_heads, n_ctx, d_vocab } = config
    const { definition: asked = 'corrected' } = params
    const batches = tokenBatches(chosenSums(params, layout, schedule), layout)
    const [scaleHook] = scaleHooks(config, ['blocks.0.ln1'])
    const means = await meanActivations(model, batches, [...(scaleHook ? [scaleHook] : []), queryHook])
    const scale = scaleHook ? mean(means.get(scaleHook)!.data) : 1
    const queries = means.get(queryHook)!.data
    const positions = embeddingRows(model, 'pos_embed.W_pos')
    const fullKeys = [...positions, ...embeddingRows(model, 'embed.W_E')]
    const positionalKeys = withTokens(positions, model, asked)
    const masked = asked === 'notebook' ? 0 : NaN

    const scores = (embeddings: readonly Float64Array[]) =>
      Array.from({ length: n_heads }, (_, head) => {
        const keys = keysOf(model, head, embeddings, scale)
        return Array.from({ length: n_ctx }, (_, query) => scoresOf(queries, query, head, keys, config))
      })
    const full = scores(fullKeys).map((rows) =>
      rows.map((row, query) => row.map((score, key) => (key > query && key < n_ctx ? masked : score))),
    )
    const positional = scores(positionalKeys).map((rows) =>
      rows.map((row, query) => [
        ...softmax(row.slice(0, query + 1)),
        ...new Array<number>(n_ctx - query - 1).fill(masked),
      ]),
    )
    const axes = [axis('head', layerHeadLabels(0, n_heads)), positionAxis('query', layout)] as const
    const tokens = vocabLabels(layout, d_vocab).map((token) => `token ${token}`)
    const anyKey = axis('key', [...positionLabels(layout), ...tokens])
    return {
      full: tensorOver([...axes, anyKey], full.flat(2), 'score'),
      positional: tensorOver([...axes, positionAxis('key', layout)], positional.flat(2), 'probability'),
      scale,
      definition: asked,
    }
  },
})

/** The rows of an embedding matrix. */
function embeddingRows(model: WeightedModel, name: string): Float64Array[] {
  const { d_model } = model.config
  const data = Float64Array.from(parameter(model, name))
  return Array.from({ length: data.length / d_model }, (_, row) => data.slice(row * d_model, (row + 1) * d_model))
}

/** The position embeddings, with that of the token that always stands there added at + and = (or averaged, as published). */
function withTokens(positions: readonly Float64Array[], model: WeightedModel, definition: Definition): Float64Array[] {
  const { layout } = model.config
  const tokens = embeddingRows(model, 'embed.W_E')
  const factor = definition === 'notebook' ? 0.5 : 1
  const standing = new Map([
    [plusPosition(layout), tokens[plus]!],
    [equalsPosition(layout), tokens[equals]!],
  ])
  return positions.map((embedding, position) => {
    const token = standing.get(position)
    return token ? embedding.map((entry, index) => factor * (entry + token[index]!)) : embedding
  })
}

/** The keys that a first-layer head makes of embeddings, each normalized with the one scale, without b_K. */
function keysOf(
  model: WeightedModel,
  head: number,
  embeddings: readonly Float64Array[],
  scale: number,
): Float64Array[] {
  const { d_model, d_head } = model.config
  const W_K = parameter(model, 'blocks.0.attn.W_K')
  const { weight } = layerNorm(model, 'blocks.0.ln1')
  const map = Float64Array.from(
    { length: d_model * d_head },
    (_, index) => weight[Math.floor(index / d_head)]! * W_K[head * d_model * d_head + index]!,
  )
  if (isCentring(model.config)) ignoreMean(map, d_head)
  return embeddings.map((embedding) =>
    Float64Array.from({ length: d_head }, (_, column) =>
      embedding.reduce((total, entry, row) => total + (entry / scale) * map[row * d_head + column]!, 0),
    ),
  )
}

/** One head's query at a position against every key, divided by the square root of d_head. */
function scoresOf(
  queries: ArrayLike<number>,
  position: number,
  head: number,
  keys: readonly Float64Array[],
  { n_heads, d_head }: WeightedModel['config'],
): number[] {
  const first = (position * n_heads + head) * d_head
  return keys.map(
    (key) => key.reduce((total, entry, index) => total + entry * queries[first + index]!, 0) / Math.sqrt(d_head),
  )
}
