import type { Value } from '../onnx/value'
import { visible } from './causal-mask'
import { circuits, throughCircuits } from './circuits'
import type { LookUp } from './first-layer-tables'
import type { GraphContext } from './graph-context'
import { project, type Letter } from './project'

export interface AttentionOptions {
  /** The queries' positions; all when absent. */
  readonly positions?: readonly number[] | undefined
  readonly lookUp?: LookUp | undefined
  /** Queries, keys or values that need not be computed, by their hooks. */
  readonly known?: (hook: string) => Value | undefined
}

/**
 * One attention layer of x = the normalised residual stream [example, position, d_model]: what it adds to the stream, at
 * the given query positions (all when absent).
 */
export function attention(context: GraphContext, layer: number, x: Value, options: AttentionOptions): Value {
  const { builder, parameters } = context
  const prefix = `blocks.${layer}.attn`
  const { positions, lookUp } = options
  if (positions && !lookUp && throughCircuits(context, prefix, positions.length))
    return context.hook(`blocks.${layer}.hook_attn_out`, circuits(context, prefix, x, positions))
  const z = mixedValues(context, layer, x, options)
  const heads = context.needs(`${prefix}.hook_result`)
    ? separateHeads(context, prefix, z)
    : fusedHeads(context, prefix, z)
  return context.hook(`blocks.${layer}.hook_attn_out`, builder.op('Add', [heads, parameters(`${prefix}.b_O`)]))
}

/**
 * What each head has gathered, `hook_z` [example, query, head, d_head]. Queries, keys and values come from one matrix product
 * each, over all heads, or from tables, where `lookUp` has them.
 */
export function mixedValues(
  context: GraphContext,
  layer: number,
  x: Value,
  { positions, lookUp, known }: AttentionOptions,
): Value {
  const { builder } = context
  const prefix = `blocks.${layer}.attn`
  const computed = (letter: Letter, at?: readonly number[]): Value =>
    lookUp ? context.atPositions(lookUp(letter), at) : project(context, { layer, letter }, context.atPositions(x, at))
  const read = (letter: Letter, at?: readonly number[]): Value => {
    const hook = `${prefix}.hook_${letter.toLowerCase()}`
    return context.hook(hook, known?.(hook) ?? computed(letter, at))
  }
  const [q, k, v] = [read('Q', positions), read('K'), read('V')]
  const pattern = attentionPattern(context, prefix, q, k, positions)
  const headFirst = builder.op('MatMul', [pattern, builder.op('Transpose', [v], { perm: [0, 2, 1, 3] })])
  return context.hook(`${prefix}.hook_z`, builder.op('Transpose', [headFirst], { perm: [0, 2, 1, 3] }))
}

/** softmax(q k / sqrt(d_head)) [example, head, query, key], where no query sees a later key. */
function attentionPattern(
  context: GraphContext,
  prefix: string,
  q: Value,
  k: Value,
  positions?: readonly number[],
): Value {
  const { builder, config } = context
  const queries = builder.op('Transpose', [q], { perm: [0, 2, 1, 3] })
  const keys = builder.op('Transpose', [k], { perm: [0, 2, 3, 1] })
  const divisor = builder.scalar(Math.sqrt(config.d_head), context.type)
  const scores = builder.op('Div', [builder.op('MatMul', [queries, keys]), divisor])
  const masked = builder.op('Where', [
    visible(context, positions ?? everyPosition(context)),
    scores,
    builder.scalar(-Infinity, context.type),
  ])
  const hooked = context.hook(`${prefix}.hook_attn_scores`, masked)
  return context.hook(`${prefix}.hook_pattern`, builder.op('Softmax', [hooked], { axis: -1 }))
}

function everyPosition({ length }: GraphContext): number[] {
  return Array.from({ length }, (_, position) => position)
}

/** The heads' outputs one by one, `hook_result` [example, position, head, d_model], and then their sum. */
function separateHeads(context: GraphContext, prefix: string, z: Value): Value {
  const { builder, parameters } = context
  const headFirst = builder.op('Transpose', [z], { perm: [0, 2, 1, 3] })
  const written = builder.op('MatMul', [headFirst, parameters(`${prefix}.W_O`)])
  const result = context.hook(`${prefix}.hook_result`, builder.op('Transpose', [written], { perm: [0, 2, 1, 3] }))
  return builder.op('ReduceSum', [result, builder.integers(2)], { keepdims: 0 })
}

/** The sum of the heads' outputs in one matrix product, where nobody asks for them one by one. */
export function fusedHeads({ builder, parameters, config }: GraphContext, prefix: string, z: Value): Value {
  const width = config.n_heads * config.d_head
  const W_O = builder.op('Reshape', [parameters(`${prefix}.W_O`), builder.integers(width, config.d_model)])
  return builder.op('MatMul', [builder.op('Reshape', [z, builder.integers(0, 0, width)]), W_O])
}
