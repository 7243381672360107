import { answerPositions } from '../../core/positions'
import { hasMlp, type ModelConfig } from '../config'
import { activation } from '../graph/mlp'
import type { GraphBuilder } from '../onnx/builder'
import { sumLeading } from '../onnx/sum-leading'
import type { Value } from '../onnx/value'
import type { FoldedLayer, FoldedWeights } from './folded-weights'
import { isMergedCheaper, mergedAttention } from './merged-attention'
import { causalPattern, positionsOf, scaled } from './stream-ops'

/**
 * The answer digits' logits [example, digit, vocab], digits in the order in which they are written, of tokens [example, position]
 * (int32), computed for training: from folded weights, at the positions that matter only. The last answer digit is never attended to,
 * so its position is left out; the last layer asks queries at the answer positions only; and layer 0, whose residual is one of
 * d_vocab rows for each position, is projected once per row and looked up.
 *
 * Axes inside: N examples, S positions, Q queries, H heads, D = d_head; heads stand first, [H, N, S, D].
 */
export function foldedLogits(graph: GraphBuilder, config: ModelConfig, weights: FoldedWeights, tokens: Value): Value {
  const answers = answerPositions(config.layout).toSorted((one, other) => one - other)
  const everywhere = Array.from({ length: answers.at(-1)! + 1 }, (_, position) => position)
  const rows = embeddingRows(graph, config, tokens, everywhere.length)
  const table = graph.op('Reshape', [weights.embedding, graph.integers(-1, config.d_model)])
  let residual = graph.op('Gather', [table, rows], { axis: 0 })
  weights.layers.forEach((layer, index) => {
    const queries = index === config.n_layers - 1 ? answers : everywhere
    const written =
      index === 0
        ? attentionOut(graph, config, layer, headsOfTable(graph, config, layer, table, rows, queries), queries)
        : laterAttention(graph, config, layer, scaled(graph, config, residual), queries)
    residual = afterMlp(graph, config, layer, graph.op('Add', [positionsOf(graph, residual, queries, 1), written]))
  })
  const normalized = scaled(graph, config, residual)
  return graph.op('Add', [graph.op('MatMul', [normalized, weights.W_U]), weights.b_U])
}

/** Queries, keys and values [H, N, Q or S, D]. */
interface Heads {
  readonly q: Value
  readonly k: Value
  readonly v: Value
}

/** Where in the embedding's table each residual stands: position * d_vocab + token [N, S]. */
function embeddingRows(graph: GraphBuilder, config: ModelConfig, tokens: Value, positions: number): Value {
  const offsets = Int32Array.from({ length: positions }, (_, position) => position * config.d_vocab)
  const read = graph.op('Slice', [tokens, ...[0, positions, 1].map((bound) => graph.integers(bound))])
  return graph.op('Add', [read, graph.constant([positions], offsets)])
}

/** Layer 0: the table's rows are projected, then looked up; the projections of all heads form one longer table. */
function headsOfTable(
  graph: GraphBuilder,
  config: ModelConfig,
  layer: FoldedLayer,
  table: Value,
  rows: Value,
  queries: readonly number[],
): Heads {
  const extent = table.shape[0] as number
  const offsets = Int32Array.from({ length: config.n_heads }, (_, head) => head * extent)
  const byHead = graph.op('Add', [rows, graph.constant([config.n_heads, 1, 1], offsets)])
  const lookUp = (projection: Value, at: Value) =>
    graph.op('Gather', [graph.op('Reshape', [projection, graph.integers(-1, config.d_head)]), at], { axis: 0 })
  const normalized = scaled(graph, config, table)
  const { q, k, v } = projections(graph, layer, normalized, normalized)
  return { q: lookUp(q, positionsOf(graph, byHead, queries, 2)), k: lookUp(k, byHead), v: lookUp(v, byHead) }
}

/** What the attention of a layer behind the first writes [N, Q, d_model]. */
function laterAttention(
  graph: GraphBuilder,
  config: ModelConfig,
  layer: FoldedLayer,
  normalized: Value,
  queries: readonly number[],
): Value {
  const positions = normalized.shape[1] as number
  if (isMergedCheaper(config, queries.length, positions))
    return mergedAttention(graph, config, layer, normalized, queries)
  return attentionOut(graph, config, layer, headsOf(graph, config, layer, normalized, queries), queries)
}

function headsOf(
  graph: GraphBuilder,
  config: ModelConfig,
  layer: FoldedLayer,
  normalized: Value,
  queries: readonly number[],
): Heads {
  const asked = positionsOf(graph, normalized, queries, 1)
  const flat = (value: Value) => graph.op('Reshape', [value, graph.integers(-1, config.d_model)])
  const split = (value: Value, positions: number) =>
    graph.op('Reshape', [value, graph.integers(config.n_heads, -1, positions, config.d_head)])
  const { q, k, v } = projections(graph, layer, flat(asked), flat(normalized))
  const everywhere = normalized.shape[1] as number
  return { q: split(q, queries.length), k: split(k, everywhere), v: split(v, everywhere) }
}

/** [head, row, d_head] of rows [row, d_model]. */
function projections(graph: GraphBuilder, layer: FoldedLayer, forQueries: Value, normalized: Value): Heads {
  const project = (x: Value, W: Value) => graph.op('MatMul', [x, W])
  return {
    q: graph.op('Add', [project(forQueries, layer.W_Q), layer.b_Q]),
    k: project(normalized, layer.W_K),
    v: project(normalized, layer.W_V),
  }
}

/** What the layer's attention writes [N, Q, d_model]. */
function attentionOut(
  graph: GraphBuilder,
  config: ModelConfig,
  layer: FoldedLayer,
  { q, k, v }: Heads,
  queries: readonly number[],
): Value {
  const scores = graph.op('MatMul', [q, graph.op('Transpose', [k], { perm: [0, 1, 3, 2] })])
  const z = graph.op('MatMul', [causalPattern(graph, scores, queries), v])
  const rows = graph.op('Reshape', [z, graph.integers(config.n_heads, -1, config.d_head)])
  const results = graph.op('MatMul', [rows, layer.W_O])
  const shape = graph.integers(-1, queries.length, config.d_model)
  return graph.op('Add', [graph.op('Reshape', [sumLeading(graph, results, 1), shape]), layer.b_O])
}

/** The stream [N, Q, d_model] with what the layer's MLP, where it has one, adds at each position. */
function afterMlp(graph: GraphBuilder, config: ModelConfig, { mlp }: FoldedLayer, residual: Value): Value {
  if (!mlp || !hasMlp(config)) return residual
  const affine = (x: Value, W: Value, b: Value) => graph.op('Add', [graph.op('MatMul', [x, W]), b])
  const pre = affine(scaled(graph, config, residual), mlp.W_in, mlp.b_in)
  return graph.op('Add', [residual, affine(activation(graph, config.act_fn, pre), mlp.W_out, mlp.b_out)])
}
