import { type Tensor, type TensorData, tensor } from '../core/tensor'
import { axisLabels } from './axes'
import { hasMlp, type ModelConfig } from './config'
import { hasNormBias, hasNormWeight } from './normalization'

/** One parameter of a model: its TransformerLens state_dict key and its axes with their extents, outermost first. */
export interface Parameter {
  readonly name: string
  readonly dims: readonly string[]
  readonly shape: readonly number[]
}

/** The labelled tensor of a parameter. Throws RangeError where the data do not fill its shape. */
export function parameterTensor(config: ModelConfig, { name, dims, shape }: Parameter, data: TensorData): Tensor {
  const layer = /^blocks\.(\d+)\./.exec(name)?.[1]
  return tensor(dims, shape, data, { labels: axisLabels(config, dims, { layer: layer ? Number(layer) : undefined }) })
}

/** Every parameter that a model of this configuration has, in TransformerLens's state_dict order. */
export function parametersOf(config: ModelConfig): readonly Parameter[] {
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  return [
    parameter('embed.W_E', { vocab: config.d_vocab, d_model: config.d_model }),
    parameter('pos_embed.W_pos', { position: config.n_ctx, d_model: config.d_model }),
    ...layers.flatMap((layer) => [
      ...normalization(`blocks.${layer}.ln1`, config),
      ...(hasMlp(config) ? normalization(`blocks.${layer}.ln2`, config) : []),
      ...attention(`blocks.${layer}.attn`, config),
      ...mlp(`blocks.${layer}.mlp`, config),
    ]),
    ...normalization('ln_final', config),
    parameter('unembed.W_U', { d_model: config.d_model, vocab: config.d_vocab }),
    parameter('unembed.b_U', { vocab: config.d_vocab }),
  ]
}

/** A normalization whose weights were folded into the next layer has none of its own. */
function normalization(prefix: string, config: ModelConfig): Parameter[] {
  const { d_model } = config
  return [
    ...(hasNormWeight(config) ? [parameter(`${prefix}.w`, { d_model })] : []),
    ...(hasNormBias(config) ? [parameter(`${prefix}.b`, { d_model })] : []),
  ]
}

function attention(prefix: string, { n_heads: head, d_model, d_head }: ModelConfig): Parameter[] {
  return [
    ...['W_Q', 'W_K', 'W_V'].map((name) => parameter(`${prefix}.${name}`, { head, d_model, d_head })),
    parameter(`${prefix}.W_O`, { head, d_head, d_model }),
    ...['b_Q', 'b_K', 'b_V'].map((name) => parameter(`${prefix}.${name}`, { head, d_head })),
    parameter(`${prefix}.b_O`, { d_model }),
  ]
}

function mlp(prefix: string, config: ModelConfig): Parameter[] {
  if (!hasMlp(config)) return []
  const { d_model, d_mlp } = config
  return [
    parameter(`${prefix}.W_in`, { d_model, d_mlp }),
    parameter(`${prefix}.b_in`, { d_mlp }),
    parameter(`${prefix}.W_out`, { d_mlp, d_model }),
    parameter(`${prefix}.b_out`, { d_model }),
  ]
}

/** Property order is the order of the axes. */
function parameter(name: string, axes: Record<string, number>): Parameter {
  return { name, dims: Object.keys(axes), shape: Object.values(axes) }
}
