import { BadInput } from '../../core/bad-input'
import { equalsPosition, plusPosition } from '../../core/positions'
import { equals, plus } from '../../core/tokens'
import type { TaskLayout } from '../../core/task-layout'
import type { ModelConfig } from '../config'
import type { Weights } from '../weights'
import { FixedActivations } from './fixed-activations'
import { fixedScores, fixInputs, fixOutputs } from './fixed-tables'
import { type FirstLayerTables, symbols } from './layer-tables'
import { headCircuits } from './head-circuits'
import { centred } from './head-writing'

/**
 * The tables of fully processed weights, whose value biases were `b_V`, with what interventions fix. Throws BadInput for scores
 * that are too far apart.
 */
export function firstLayerTables(
  config: ModelConfig,
  weights: Weights,
  fixed = new FixedActivations(config, []),
  b_V: ArrayLike<number> = [],
): FirstLayerTables {
  const { d_model: M, n_heads: H, n_ctx, layout } = config
  const [W_E, W_pos] = ['embed.W_E', 'pos_embed.W_pos'].map((key) => weights.get(key)!.data)
  const { QK, queryBias, OV } = headCircuits(config, weights, 0)
  const entries = (n_ctx - 1) * symbols
  const embedding = new Float32Array(entries * M)
  const normalized = new Float64Array(entries * M)
  const queries = new Float64Array(entries * H * M)
  const values = new Float32Array(entries * H * M)
  for (let entry = 0; entry < entries; entry++) {
    const [token, position] = [tokenOf(entry, layout), Math.floor(entry / symbols)]
    const given = fixed.at('resid_pre', 0, position)
    const stream = given
      ? centred(given)
      : Float64Array.from({ length: M }, (_, m) => W_E![token * M + m]! + W_pos![position * M + m]!)
    const scale = Math.sqrt(stream.reduce((total, x) => total + x * x, 0) / M + config.eps)
    const x = stream.map((value) => value / scale)
    embedding.set(stream, entry * M)
    normalized.set(x, entry * M)
    for (let to = 0; to < H * M; to++) {
      const [head, m] = [Math.floor(to / M), to % M]
      const at = entry * H * M + to
      queries[at] = x.reduce((total, value, from) => total + value * QK[from * H * M + to]!, queryBias[to]!)
      values[at] = x.reduce((total, value, from) => total + value * OV[(head * M + from) * M + m]!, 0)
    }
  }
  const b_O = weights.get('blocks.0.attn.b_O')!.data
  const own = embedding.map((value, index) => value + b_O[index % M]!)
  const tables = { embedding, values, own, base: new Float64Array(entries * H) }
  fixInputs(config, weights, fixed, b_V, queries, values)
  const scores = fixedScores(config, weights, fixed, normalized)
  return fixOutputs(config, weights, fixed, b_V, {
    ...tables,
    weights: attentionWeights(config, queries, normalized, scores),
  })
}

function tokenOf(entry: number, layout: TaskLayout): number {
  const position = Math.floor(entry / symbols)
  if (position === plusPosition(layout)) return plus
  return position === equalsPosition(layout) ? equals : entry % symbols
}

/** exp of more overflows. */
const highestExponent = 700

/**
 * exp(score - reference) [query entry, key entry, head] for keys that are not later. The reference is a score that one of a
 * query's keys has at least, whatever the digits, so that no sum of weights is 0; a higher one where exp would overflow.
 * Throws BadInput where that would make it 0.
 */
function attentionWeights(
  { d_model: M, n_heads: H }: ModelConfig,
  queries: Float64Array,
  normalized: Float64Array,
  given: ReturnType<typeof fixedScores>,
): Float64Array {
  const entries = normalized.length / M
  const weights = new Float64Array(entries * entries * H)
  for (let query = 0; query < entries; query++)
    for (let head = 0; head < H; head++) {
      const row = (query * H + head) * M
      const scores = new Float64Array((Math.floor(query / symbols) + 1) * symbols)
      for (let key = 0; key < scores.length; key++) {
        for (let m = 0; m < M; m++) scores[key]! += queries[row + m]! * normalized[key * M + m]!
        scores[key] = given(query, head, key) ?? scores[key]!
      }
      const least = Array.from({ length: scores.length / symbols }, (_, position) =>
        Math.min(...scores.subarray(position * symbols, (position + 1) * symbols)),
      )
      const [certain, highest] = [Math.max(...least), Math.max(...scores)]
      if (highest - certain > 2 * highestExponent)
        throw new BadInput(
          `The scores of head 0.${head} are up to ${Math.round(highest - certain)} apart, too far for evaluating every sum; evaluate drawn sums, without --exhaustive.`,
        )
      const reference = Math.max(certain, highest - highestExponent)
      scores.forEach((score, key) => {
        weights[(query * entries + key) * H + head] = Math.exp(score - reference)
      })
    }
  return weights
}
