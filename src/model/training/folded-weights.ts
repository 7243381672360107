import { hasMlp, type ModelConfig } from '../config'
import { hasNormBias, hasNormWeight, isCentring } from '../normalization'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'

/** A model's raw parameters as values in a graph, by state_dict key. */
export type WeightValues = ReadonlyMap<string, Value>

/**
 * The parameters as a training step uses them: TransformerLens's weight processing, done inside the graph, where it costs next to
 * nothing because it acts on weights instead of activations. The function computed is that of the raw weights: writing weights are
 * centred where LayerNorm reads them, so that no activation has to be; the normalizations' weights and the scores' 1 / sqrt(d_head)
 * are folded into the projections, value biases into b_O. Key biases are absent: they move all scores of a query alike, which softmax
 * does not see.
 */
export interface FoldedWeights {
  /** Token plus position embedding [position, vocab, d_model]; a layer-0 residual is one of these rows. */
  readonly embedding: Value
  readonly layers: readonly FoldedLayer[]
  readonly W_U: Value
  readonly b_U: Value
}

export interface FoldedLayer {
  /** Projections [head, d_model, d_head]; b_Q [head, 1, d_head]. */
  readonly W_Q: Value
  readonly b_Q: Value
  readonly W_K: Value
  readonly W_V: Value
  /** [head, d_head, d_model] and [d_model]. */
  readonly W_O: Value
  readonly b_O: Value
  readonly mlp?: FoldedMlp
}

/** W_in [d_model, d_mlp], b_in [d_mlp] or [1, d_mlp]; W_out [d_mlp, d_model], b_out [d_model]. */
export interface FoldedMlp {
  readonly W_in: Value
  readonly b_in: Value
  readonly W_out: Value
  readonly b_out: Value
}

/** `positions` is how many positions are embedded, from the first on. */
export function foldWeights(
  graph: GraphBuilder,
  config: ModelConfig,
  weights: WeightValues,
  positions: number,
): FoldedWeights {
  const layers = Array.from({ length: config.n_layers }, (_, layer) => foldLayer(graph, config, weights, layer))
  const norm = normOf(weights, config, 'ln_final')
  return {
    embedding: embeddingTable(graph, config, weights, positions),
    layers,
    ...foldUnembedding(graph, norm, weights.get('unembed.W_U')!, weights.get('unembed.b_U')!),
  }
}

/** A normalization's weight and bias [d_model], as far as it has them. */
interface Norm {
  readonly w?: Value
  readonly b?: Value
}

function normOf(weights: WeightValues, config: ModelConfig, name: string): Norm {
  return {
    ...(hasNormWeight(config) && { w: weights.get(`${name}.w`)! }),
    ...(hasNormBias(config) && { b: weights.get(`${name}.b`)! }),
  }
}

function embeddingTable(graph: GraphBuilder, config: ModelConfig, weights: WeightValues, positions: number): Value {
  const W_E = written(graph, config, weights.get('embed.W_E')!)
  const W_pos = written(graph, config, weights.get('pos_embed.W_pos')!)
  const used = graph.op('Slice', [W_pos, ...[0, positions, 0].map((bound) => graph.integers(bound))])
  return graph.op('Add', [graph.op('Unsqueeze', [used, graph.integers(1)]), W_E])
}

function foldLayer(graph: GraphBuilder, config: ModelConfig, weights: WeightValues, layer: number): FoldedLayer {
  const parameter = (name: string) => weights.get(`blocks.${layer}.attn.${name}`)!
  const norm = normOf(weights, config, `blocks.${layer}.ln1`)
  const bias = (name: string) => graph.op('Unsqueeze', [parameter(name), graph.integers(1)])
  const scale = graph.scalar(1 / Math.sqrt(config.d_head), parameter('W_Q').type as 'float32' | 'float64')
  const times = (value: Value, factor: Value) => graph.op('Mul', [value, factor])
  const [W_Q, b_Q] = foldNorm(graph, norm, parameter('W_Q'), bias('b_Q'))
  const [W_K] = foldNorm(graph, norm, parameter('W_K'), bias('b_K'))
  const [W_V, b_V] = foldNorm(graph, norm, parameter('W_V'), bias('b_V'))
  const W_O = written(graph, config, parameter('W_O'))
  // Attention patterns sum to 1, so the value biases pass unchanged.
  const passed = graph.op('ReduceSum', [graph.op('MatMul', [b_V, W_O]), graph.integers(0, 1)], { keepdims: 0 })
  const b_O = graph.op('Add', [written(graph, config, parameter('b_O')), passed])
  const attention = { W_Q: times(W_Q, scale), b_Q: times(b_Q, scale), W_K, W_V, W_O, b_O }
  return hasMlp(config) ? { ...attention, mlp: foldMlp(graph, config, weights, layer) } : attention
}

function foldMlp(graph: GraphBuilder, config: ModelConfig, weights: WeightValues, layer: number): FoldedMlp {
  const parameter = (name: string) => weights.get(`blocks.${layer}.mlp.${name}`)!
  const norm = normOf(weights, config, `blocks.${layer}.ln2`)
  const [W_in, b_in] = foldNorm(graph, norm, parameter('W_in'), parameter('b_in'))
  return {
    W_in,
    b_in,
    W_out: written(graph, config, parameter('W_out')),
    b_out: written(graph, config, parameter('b_out')),
  }
}

function foldUnembedding(graph: GraphBuilder, norm: Norm, unembedding: Value, bias: Value): { W_U: Value; b_U: Value } {
  const [W_U, b_U] = foldNorm(graph, norm, unembedding, bias)
  return { W_U, b_U }
}

/** (x w + b) W + c = x (w W) + (b W + c), with W [.., d_model, n] and c [.., 1, n] or [n]. */
function foldNorm(graph: GraphBuilder, { w, b }: Norm, W: Value, bias: Value): [Value, Value] {
  if (!w) return [W, bias]
  const scaled = graph.op('Mul', [graph.op('Unsqueeze', [w, graph.integers(1)]), W])
  if (!b) return [scaled, bias]
  const shift = graph.op('MatMul', [graph.op('Unsqueeze', [b, graph.integers(0)]), W])
  return [scaled, graph.op('Add', [shift, bias])]
}

/** What writes to the stream, less its mean over d_model, the last axis, where LayerNorm would take that away. */
function written(graph: GraphBuilder, config: ModelConfig, value: Value): Value {
  if (!isCentring(config)) return value
  return graph.op('Sub', [value, graph.op('ReduceMean', [value, graph.integers(-1)], { keepdims: 1 })])
}
