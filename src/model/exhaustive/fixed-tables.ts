import type { ModelConfig } from '../config'
import type { Weights } from '../weights'
import type { FixedActivations } from './fixed-activations'
import { centred, written } from './head-writing'
import { type FirstLayerTables, symbols } from './layer-tables'

/*
 * Interventions on layer 0 as changes of its tables. Activations are those of the model as it is, whose values have their
 * biases b_V [head, d_head]; in the tables these are part of b_O.
 */

const heads = ({ n_heads }: ModelConfig) => Array.from({ length: n_heads }, (_, head) => head)
const positionOf = (entry: number) => Math.floor(entry / symbols)

/** Writes queries [entry, head, d_model] and values [entry, head, d_model] that are fixed. */
export function fixInputs(
  config: ModelConfig,
  weights: Weights,
  fixed: FixedActivations,
  b_V: ArrayLike<number>,
  queries: Float64Array,
  values: Float32Array,
): void {
  const { n_heads: H, d_model: M, d_head: D } = config
  const [W_K, W_O] = ['W_K', 'W_O'].map((name) => weights.get(`blocks.0.attn.${name}`)!.data)
  for (let entry = 0; entry < queries.length / (H * M); entry++)
    for (const head of heads(config)) {
      const at = (entry * H + head) * M
      const q = fixed.at('q', 0, positionOf(entry), head)
      if (q)
        for (let m = 0; m < M; m++) {
          let score = 0
          for (let d = 0; d < D; d++) score += q[d]! * W_K![(head * M + m) * D + d]!
          queries[at + m] = score / Math.sqrt(D)
        }
      const v = fixed.at('v', 0, positionOf(entry), head)
      if (v) values.set(written(less(v, b_V, head * D), W_O!, head, M), at)
    }
}

/**
 * The scores of queries with keys that are fixed, by query entry, head and key entry; undefined for others. The normalised streams
 * are [entry, d_model]. b_K is left out of every score.
 */
export function fixedScores(
  config: ModelConfig,
  weights: Weights,
  fixed: FixedActivations,
  normalized: Float64Array,
): (query: number, head: number, key: number) => number | undefined {
  const { n_heads: H, d_model: M, d_head: D } = config
  const [W_Q, b_Q, b_K] = ['W_Q', 'b_Q', 'b_K'].map((name) => weights.get(`blocks.0.attn.${name}`)!.data)
  const queries = new Map<number, ArrayLike<number>>()
  const queryOf = (entry: number, head: number) => {
    const known = queries.get(entry * H + head) ?? fixed.at('q', 0, positionOf(entry), head)
    const q =
      known ??
      Float64Array.from({ length: D }, (_, d) => {
        let sum = b_Q![head * D + d]!
        for (let m = 0; m < M; m++) sum += normalized[entry * M + m]! * W_Q![(head * M + m) * D + d]!
        return sum
      })
    queries.set(entry * H + head, q)
    return q
  }
  return (entry, head, key) => {
    const k = fixed.at('k', 0, positionOf(key), head)
    if (!k) return undefined
    const q = queryOf(entry, head)
    let score = 0
    for (let d = 0; d < D; d++) score += q[d]! * (k[d]! - b_K![head * D + d]!)
    return score / Math.sqrt(D)
  }
}

/** Writes patterns that are fixed, and what heads write that are. */
export function fixOutputs(
  config: ModelConfig,
  weights: Weights,
  fixed: FixedActivations,
  b_V: ArrayLike<number>,
  tables: FirstLayerTables,
): FirstLayerTables {
  const { n_heads: H, d_model: M } = config
  const entries = tables.base.length / H
  for (let entry = 0; entry < entries; entry++) {
    const position = positionOf(entry)
    const own = tables.own.subarray(entry * M, (entry + 1) * M)
    for (const head of heads(config)) {
      const setWeights = (weightOf: (key: number) => number) => {
        for (let key = 0; key < (position + 1) * symbols; key++)
          tables.weights[(entry * entries + key) * H + head] = weightOf(positionOf(key))
      }
      const pattern = fixed.at('pattern', 0, position, head)
      const outright = fixedWriting(config, weights, fixed, b_V, 0, position, head)
      if (outright) {
        setWeights(() => 0)
        tables.base[entry * H + head] = 1
        outright.forEach((value, m) => (own[m]! += value))
      } else if (pattern) {
        const total = Array.from(pattern).reduce((sum, weight) => sum + weight, 0)
        setWeights((key) => pattern[key]!)
        tables.base[entry * H + head] = 1 - total
        const bias = biasWriting(config, weights, b_V, 0, head)
        bias.forEach((value, m) => (own[m]! -= (1 - total) * value))
      }
    }
    const stream = fixed.at('resid_pre', 1, position)
    if (!stream) continue
    own.set(centred(stream))
    for (let head = 0; head < H; head++) tables.base[entry * H + head] = 1
    tables.weights.fill(0, entry * entries * H, (entry + 1) * entries * H)
  }
  return tables
}

/** What a head writes at a position where its z or result is fixed, beside b_O; undefined where it is computed. */
export function fixedWriting(
  config: ModelConfig,
  weights: Weights,
  fixed: FixedActivations,
  b_V: ArrayLike<number>,
  layer: number,
  position: number,
  head: number,
): Float64Array | undefined {
  const result = fixed.at('result', layer, position, head)
  const z = fixed.at('z', layer, position, head)
  const stream = result ? centred(result) : z && written(z, outputOf(weights, layer), head, config.d_model)
  const bias = stream && biasWriting(config, weights, b_V, layer, head)
  return stream?.map((value, m) => value - bias![m]!)
}

/** What a head's part of b_V comes to in the stream. */
function biasWriting(
  { d_head: D, d_model: M }: ModelConfig,
  weights: Weights,
  b_V: ArrayLike<number>,
  layer: number,
  head: number,
) {
  const bias = Float64Array.from({ length: D }, (_, d) => b_V[head * D + d]!)
  return written(bias, outputOf(weights, layer), head, M)
}

const outputOf = (weights: Weights, layer: number) => weights.get(`blocks.${layer}.attn.W_O`)!.data

function less(values: ArrayLike<number>, bias: ArrayLike<number>, from: number): Float64Array {
  return Float64Array.from(values, (value, d) => value - bias[from + d]!)
}
