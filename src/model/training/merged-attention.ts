import type { ModelConfig } from '../config'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import type { FoldedLayer } from './folded-weights'
import { causalPattern, positionsOf } from './stream-ops'

/**
 * What a layer's attention writes [example, query, d_model], given its normalized stream [example, position, d_model], without keys
 * or values: queries are carried to the stream through W_Q W_K^T, and what they mix of it through W_V W_O. Where few positions
 * ask, that is far less than to make a key and a value of every position, and all heads are rows of one product.
 */
export function mergedAttention(
  graph: GraphBuilder,
  { n_heads, d_model }: ModelConfig,
  layer: FoldedLayer,
  normalized: Value,
  queries: readonly number[],
): Value {
  const rows = n_heads * queries.length
  const reshape = (value: Value, ...shape: number[]) => graph.op('Reshape', [value, graph.integers(...shape)])
  const product = (a: Value, b: Value) => graph.op('MatMul', [a, b])
  const swapped = (value: Value) => graph.op('Transpose', [value], { perm: [0, 2, 1] })

  const keys = swapped(layer.W_K)
  // [d_model in, head, d_model out]: the heads' outputs beside each other.
  const circuits = graph.op('Transpose', [product(layer.W_Q, keys)], { perm: [1, 0, 2] })
  const asked = reshape(positionsOf(graph, normalized, queries, 1), -1, d_model)
  const carried = graph.op('Add', [
    product(asked, reshape(circuits, d_model, -1)),
    reshape(product(layer.b_Q, keys), 1, -1),
  ])
  const scores = product(reshape(carried, -1, rows, d_model), swapped(normalized))
  const mixed = product(causalPattern(graph, scores, queries, n_heads), normalized)
  const written = product(reshape(mixed, -1, n_heads * d_model), reshape(product(layer.W_V, layer.W_O), -1, d_model))
  return graph.op('Add', [reshape(written, -1, queries.length, d_model), layer.b_O])
}

/** Whether that takes fewer multiplications an example than keys and values do, of so many queries and positions. */
export function isMergedCheaper(
  { n_heads, d_model, d_head }: ModelConfig,
  queries: number,
  positions: number,
): boolean {
  const mixing = 2 * queries * positions
  const merged = n_heads * d_model * (2 * queries * d_model + mixing)
  const apart = n_heads * d_head * ((2 * queries + 2 * positions) * d_model + mixing)
  return merged < apart
}
