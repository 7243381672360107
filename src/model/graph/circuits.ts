import type { Value } from '../onnx/value'
import { visible } from './causal-mask'
import type { GraphContext } from './graph-context'

/** What stands between the stream and what a layer writes: where it is asked for or edited, it has to be there. */
const inside = ['q', 'k', 'v', 'attn_scores', 'pattern', 'z', 'result']

/**
 * Whether a layer is better computed through its heads' circuits: nobody asks for what is inside the heads, and there are so
 * few queries that it costs less to carry those over to the stream than the stream over to every head's keys and values.
 */
export function throughCircuits(context: GraphContext, prefix: string, queries: number): boolean {
  const { config, length } = context
  const { d_model, d_head } = config
  if (context.needs('dla') || inside.some((name) => context.needs(`${prefix}.hook_${name}`))) return false
  // Multiplications for each head: q, k, v and z @ W_O, then scores and z; or the queries and OV, then the same with the stream.
  const apart = (2 * queries + 2 * length) * d_model * d_head + 2 * queries * length * d_head
  return 2 * queries * d_model * d_model + 2 * queries * length * d_model < apart
}

/**
 * What a layer adds to the stream at the query positions, computed on x = the normalised
 * residual stream [example, position, d_model] itself: it serves as the keys and the values of all heads without being
 * copied, because the scores are (x W_QK) x^T with W_QK = W_Q W_K^T, and what is written is (pattern x) W_OV with
 * W_OV = W_V W_O ("A Mathematical Framework for Transformer Circuits"). b_K adds the same to every key of a query, which
 * softmax ignores, and b_V the same to every mixture, because a pattern's row adds up to 1.
 */
export function circuits(context: GraphContext, prefix: string, x: Value, queries: readonly number[]): Value {
  const { builder, config } = context
  const { n_heads: H, d_model: M } = config
  const rows = queries.length * H
  const asked = builder.op('Add', [
    builder.op('MatMul', [context.atPositions(x, queries), queryCircuits(context, prefix)]),
    queryBias(context, prefix),
  ])
  const keys = builder.op('Transpose', [x], { perm: [0, 2, 1] })
  const scores = builder.op('MatMul', [builder.op('Reshape', [asked, builder.integers(0, rows, M)]), keys])
  const everyHead = queries.flatMap((query) => new Array<number>(H).fill(query))
  const masked = builder.op('Where', [visible(context, everyHead), scores, builder.scalar(-Infinity, context.type)])
  const pattern = builder.op('Softmax', [masked], { axis: -1 })
  const mixed = builder.op('Reshape', [builder.op('MatMul', [pattern, x]), builder.integers(0, queries.length, H * M)])
  const written = builder.op('MatMul', [mixed, outputCircuits(context, prefix)])
  return builder.op('Add', [written, outputBias(context, prefix)])
}

/** W_Q W_K^T / sqrt(d_head) of the heads side by side, [d_model, head * d_model]. */
function queryCircuits(context: GraphContext, prefix: string): Value {
  const { builder, config, parameters } = context
  const perHead = builder.op('MatMul', [parameters(`${prefix}.W_Q`), scaledKeys(context, prefix)])
  const headsLast = builder.op('Transpose', [perHead], { perm: [1, 0, 2] })
  return builder.op('Reshape', [headsLast, builder.integers(config.d_model, config.n_heads * config.d_model)])
}

/** b_Q W_K^T / sqrt(d_head), [head * d_model]. */
function queryBias(context: GraphContext, prefix: string): Value {
  const { builder, parameters } = context
  const b_Q = builder.op('Unsqueeze', [parameters(`${prefix}.b_Q`), builder.integers(1)])
  return builder.op('Reshape', [builder.op('MatMul', [b_Q, scaledKeys(context, prefix)]), builder.integers(-1)])
}

/** W_K^T / sqrt(d_head), [head, d_head, d_model]. */
function scaledKeys({ builder, config, parameters, type }: GraphContext, prefix: string): Value {
  const transposed = builder.op('Transpose', [parameters(`${prefix}.W_K`)], { perm: [0, 2, 1] })
  return builder.op('Div', [transposed, builder.scalar(Math.sqrt(config.d_head), type)])
}

/** W_V W_O of the heads one below the other, [head * d_model, d_model]. */
function outputCircuits({ builder, config, parameters }: GraphContext, prefix: string): Value {
  const perHead = builder.op('MatMul', [parameters(`${prefix}.W_V`), parameters(`${prefix}.W_O`)])
  return builder.op('Reshape', [perHead, builder.integers(config.n_heads * config.d_model, config.d_model)])
}

/** b_O and what the heads' b_V come to in the stream, [d_model]. */
function outputBias({ builder, config, parameters }: GraphContext, prefix: string): Value {
  const b_V = builder.op('Reshape', [parameters(`${prefix}.b_V`), builder.integers(1, config.n_heads * config.d_head)])
  const W_O = builder.op('Reshape', [
    parameters(`${prefix}.W_O`),
    builder.integers(config.n_heads * config.d_head, config.d_model),
  ])
  const ofValues = builder.op('Reshape', [builder.op('MatMul', [b_V, W_O]), builder.integers(-1)])
  return builder.op('Add', [ofValues, parameters(`${prefix}.b_O`)])
}
