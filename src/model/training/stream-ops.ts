import type { ModelConfig } from '../config'
import { isNormalized } from '../normalization'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'

/** RMS, and LayerNorm of rows whose mean is 0 already: x / sqrt(mean(x^2) + eps). */
export function scaled(graph: GraphBuilder, config: ModelConfig, x: Value): Value {
  if (!isNormalized(config)) return x
  const type = x.type as 'float32' | 'float64'
  const squares = graph.op('ReduceSumSquare', [x, graph.integers(-1)], { keepdims: 1 })
  const variance = graph.op('Mul', [squares, graph.scalar(1 / config.d_model, type)])
  const scale = graph.op('Sqrt', [graph.op('Add', [variance, graph.scalar(config.eps, type)])])
  return graph.op('Div', [x, scale])
}

/** The given, consecutive positions of an axis. */
export function positionsOf(graph: GraphBuilder, value: Value, positions: readonly number[], axis: number): Value {
  if (value.shape[axis] === positions.length) return value
  const bounds = [positions[0]!, positions.at(-1)! + 1, axis].map((bound) => graph.integers(bound))
  return graph.op('Slice', [value, ...bounds])
}

/**
 * The attention of scores [.., query, key], the keys from the first position on. What a query may not look at gets a score so low that
 * softmax gives exactly 0. Of each query there are `repeats` rows, one below the other.
 */
export function causalPattern(graph: GraphBuilder, scores: Value, queries: readonly number[], repeats = 1): Value {
  const keys = scores.shape.at(-1) as number
  const rows = queries.flatMap((query) => Array.from({ length: repeats }, () => query))
  const entries = rows.flatMap((query) => Array.from({ length: keys }, (_, key) => (key <= query ? 0 : -1e9)))
  const data = scores.type === 'float64' ? Float64Array.from(entries) : Float32Array.from(entries)
  const mask = graph.constant([rows.length, keys], data)
  return graph.op('Softmax', [graph.op('Add', [scores, mask])], { axis: -1 })
}
