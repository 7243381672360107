import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { reshapeTo, sumTo } from './rule'
import type { Rules } from './rule'
import { transposed } from './transposed'

/** y = a b over the last two axes: da = dy b^T, db = a^T dy. */
export const contractionRules: Rules = {
  MatMul: ({ inputs: [a, b] }, gradient, builder) => {
    const forLeft = builder.op('MatMul', [gradient, transposed(builder, b!)])
    return [sumTo(builder, forLeft, a!.shape), forRight(builder, a!, b!, gradient)]
  },
}

/** Where all rows share one matrix its gradient is a single product; otherwise one per batch entry, summed. */
function forRight(builder: GraphBuilder, a: Value, b: Value, gradient: Value): Value {
  if (b.shape.length === 2) return builder.op('Gemm', [asRows(builder, a), asRows(builder, gradient)], { transA: 1 })
  return sumTo(builder, builder.op('MatMul', [transposed(builder, a), gradient]), b.shape)
}

/** All axes but the last as one. */
function asRows(builder: GraphBuilder, value: Value): Value {
  if (value.shape.length === 2) return value
  const rows = value.shape.slice(0, -1)
  const count = rows.every((extent) => typeof extent === 'number') ? rows.reduce((n, extent) => n * extent, 1) : 'rows'
  return reshapeTo(builder, value, [count, value.shape.at(-1)!])
}
