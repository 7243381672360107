import type { Tensor } from '../core/tensor'
import { hasMlp, type ModelConfig } from './config'
import { hasNormBias, hasNormWeight, isCentring } from './normalization'
import type { Weights } from './weights'

/** TransformerLens's steps of weight processing, each on or off. None of them changes a log-probability. */
export interface Processing {
  /**
   * The residual stream is only read through a LayerNorm, which removes its mean: what is written loses it beforehand. Left out
   * where there is no LayerNorm.
   */
  readonly centerWritingWeights: boolean
  /** Softmax ignores what all logits share: W_U and b_U lose their mean over the outputs. */
  readonly centerUnembed: boolean
  /** A normalization's weight and bias move into W and b of what reads it; LayerNorm's W loses its mean over d_model. */
  readonly foldLayerNorm: boolean
  /** Attention weights sum to 1, so b_V always adds the same vector: it moves into b_O. */
  readonly foldValueBiases: boolean
}

export const fullProcessing: Processing = {
  centerWritingWeights: true,
  centerUnembed: true,
  foldLayerNorm: true,
  foldValueBiases: true,
}

/** A parameter's name and its new entries. */
type Change = readonly [name: string, data: Float64Array]

interface Parameters {
  readonly config: ModelConfig
  readonly weights: Weights
}

/**
 * The weights after the chosen steps, in float64, and the configuration that goes with them (`LNPre` or `RMSPre` once the
 * normalizations are folded). The order is TransformerLens 1.6's; log-probabilities stay the same to rounding.
 */
export function processWeights({ config, weights }: Parameters, processing: Processing): Parameters {
  let model: Parameters = { config, weights: change(weights, new Map()) }
  if (processing.centerWritingWeights && isCentring(config)) model = { ...model, weights: centerWritingWeights(model) }
  if (processing.centerUnembed) model = { ...model, weights: centerUnembed(model) }
  if (processing.foldLayerNorm && hasNormWeight(config)) model = foldNormalizations(model)
  if (processing.foldValueBiases) model = { ...model, weights: foldValueBiases(model) }
  return model
}

function centerWritingWeights({ config, weights }: Parameters): Weights {
  const writing = hasMlp(config) ? ['attn.W_O', 'attn.b_O', 'mlp.W_out', 'mlp.b_out'] : ['attn.W_O', 'attn.b_O']
  const names = layersOf(config).flatMap((layer) => writing.map((name) => `blocks.${layer}.${name}`))
  return centred(weights, ['embed.W_E', 'pos_embed.W_pos', ...names], 'd_model')
}

function centerUnembed({ weights }: Parameters): Weights {
  return centred(weights, ['unembed.W_U', 'unembed.b_U'], 'vocab')
}

function foldNormalizations(model: Parameters): Parameters {
  const { config, weights } = model
  const reading = (layer: number) => {
    const [attn, mlp] = [`blocks.${layer}.attn`, `blocks.${layer}.mlp`]
    return [
      ...['Q', 'K', 'V'].flatMap((name) =>
        foldInto(model, `blocks.${layer}.ln1`, `${attn}.W_${name}`, `${attn}.b_${name}`),
      ),
      ...(hasMlp(config) ? foldInto(model, `blocks.${layer}.ln2`, `${mlp}.W_in`, `${mlp}.b_in`) : []),
    ]
  }
  const changes = [...layersOf(config).flatMap(reading), ...foldInto(model, 'ln_final', 'unembed.W_U', 'unembed.b_U')]
  const folded = [...change(weights, new Map(changes))].filter(([name]) => !/ln[12]\.|ln_final\./.test(name))
  const normalization_type = isCentring(config) ? 'LNPre' : 'RMSPre'
  return { config: { ...config, normalization_type }, weights: new Map(folded) }
}

/**
 * A normalization's w and b [d_model] folded into a reading W [.., d_model, outputs] and b [.., outputs]. RMS has no b, and
 * what it lets through keeps its mean, so W does too.
 */
function foldInto({ config, weights }: Parameters, norm: string, matrix: string, bias: string): Change[] {
  const w = weights.get(`${norm}.w`)!.data
  const shift = hasNormBias(config) ? weights.get(`${norm}.b`)!.data : new Float64Array(config.d_model)
  const W = weights.get(matrix)!
  const b = Float64Array.from(weights.get(bias)!.data)
  const [d_model, outputs] = [W.shape.at(-2)!, W.shape.at(-1)!]
  const scaled = Float64Array.from(W.data)
  for (let index = 0; index < scaled.length; index++) {
    const m = Math.floor(index / outputs) % d_model
    const output = Math.floor(index / (outputs * d_model)) * outputs + (index % outputs)
    b[output]! += W.data[index]! * shift[m]!
    scaled[index]! *= w[m]!
  }
  return [
    [matrix, isCentring(config) ? withoutMean({ ...W, data: scaled }, 'd_model') : scaled],
    [bias, b],
  ]
}

function foldValueBiases({ config, weights }: Parameters): Weights {
  const changes = layersOf(config).flatMap((layer): Change[] => {
    const parameter = (name: string) => weights.get(`blocks.${layer}.attn.${name}`)!.data
    const [W_O, b_V] = [parameter('W_O'), parameter('b_V')]
    const b_O = Float64Array.from(parameter('b_O'))
    for (let index = 0; index < W_O.length; index++)
      b_O[index % config.d_model]! += b_V[Math.floor(index / config.d_model)]! * W_O[index]!
    return [
      [`blocks.${layer}.attn.b_O`, b_O],
      [`blocks.${layer}.attn.b_V`, new Float64Array(b_V.length)],
    ]
  })
  return change(weights, new Map(changes))
}

function centred(weights: Weights, names: readonly string[], dim: string): Weights {
  return change(weights, new Map(names.map((name) => [name, withoutMean(weights.get(name)!, dim)])))
}

/** A tensor's entries, each minus the mean along one axis. */
function withoutMean({ dims, shape, data }: Tensor, dim: string): Float64Array {
  const axis = dims.indexOf(dim)
  const extent = shape[axis]!
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const lineOf = (index: number) => Math.floor(index / (inner * extent)) * inner + (index % inner)
  const means = new Float64Array(data.length / extent)
  for (let index = 0; index < data.length; index++) means[lineOf(index)]! += data[index]! / extent
  return Float64Array.from(data, (value, index) => value - means[lineOf(index)]!)
}

/** The same parameters in float64, some with other entries. */
function change(weights: Weights, changes: ReadonlyMap<string, Float64Array>): Weights {
  return new Map(
    [...weights].map(([name, parameter]) => {
      return [name, { ...parameter, data: changes.get(name) ?? Float64Array.from(parameter.data) }]
    }),
  )
}

function layersOf(config: ModelConfig): number[] {
  return Array.from({ length: config.n_layers }, (_, layer) => layer)
}
