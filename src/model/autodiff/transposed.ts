import type { GraphBuilder } from '../onnx/builder'
import type { GraphNode, Value } from '../onnx/value'

/**
 * A matrix, or a batch of them, with its last two axes exchanged. What is transposed already is taken back, and of a product
 * the factors are transposed instead, (a b)^T = b^T a^T: onnxruntime fuses a transposed factor into the product at no cost,
 * but writes a transposed product anew.
 */
export function transposed(builder: GraphBuilder, value: Value): Value {
  const producer = builder.nodes.find((node) => node.outputs.includes(value))
  if (producer && swapsLastAxes(producer)) return producer.inputs[0]!
  if (producer?.type === 'MatMul') {
    const [a, b] = producer.inputs as readonly [Value, Value]
    if (a.shape.length > 1 && b.shape.length > 1)
      return builder.op('MatMul', [transposed(builder, b), transposed(builder, a)])
  }
  const axes = [...value.shape.keys()]
  return builder.op('Transpose', [value], { perm: exchanged(axes) })
}

/** Whether a node does nothing but exchange the last two axes. */
export function swapsLastAxes({ type, inputs, attributes }: GraphNode): boolean {
  const axes = [...inputs[0]!.shape.keys()]
  const perm = (attributes['perm'] as readonly number[] | undefined) ?? axes.toReversed()
  return type === 'Transpose' && axes.length > 1 && exchanged(axes).every((axis, i) => perm[i] === axis)
}

function exchanged(axes: readonly number[]): number[] {
  return [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]
}
