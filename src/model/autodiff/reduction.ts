import type { GraphBuilder } from '../onnx/builder'
import type { GraphNode, Value } from '../onnx/value'
import { integersOf, numeric, reshapeTo, scalarLike } from './rule'
import type { Rules } from './rule'

/** Sums and means over axes, and the softmaxes, which contain one. */
export const reductionRules: Rules = {
  ReduceSum: (node, gradient, builder) => [spread(builder, node, gradient)],

  ReduceMean: (node, gradient, builder) => {
    const { shape } = node.inputs[0]!
    const count = reducedAxes(node).reduce((product, axis) => product * numeric(shape[axis]!), 1)
    return [spread(builder, node, builder.op('Mul', [gradient, scalarLike(builder, gradient, 1 / count)]))]
  },

  // The product with x stretches the gradient, so that it need not be repeated first.
  ReduceSumSquare: (node, gradient, builder) => {
    const twice = builder.op('Mul', [gradient, scalarLike(builder, gradient, 2)])
    return [builder.op('Mul', [withReducedAxes(builder, node, twice), node.inputs[0]!])]
  },

  // dx = y (dy - sum(dy y)): where y is 0, as under a mask, nothing flows.
  Softmax: ({ outputs: [y], attributes }, gradient, builder) => {
    const total = sumOver(builder, builder.op('Mul', [gradient, y!]), attributes['axis'])
    return [builder.op('Mul', [builder.op('Sub', [gradient, total]), y!])]
  },

  LogSoftmax: ({ outputs: [y], attributes }, gradient, builder) => {
    const total = sumOver(builder, gradient, attributes['axis'])
    return [builder.op('Sub', [gradient, builder.op('Mul', [builder.op('Exp', [y!]), total])])]
  },
}

/** The gradient of a sum: the same for every entry that was summed. */
function spread(builder: GraphBuilder, node: GraphNode, gradient: Value): Value {
  const reduced = new Set(reducedAxes(node))
  const repeats = node.inputs[0]!.shape.map((extent, axis) => (reduced.has(axis) ? numeric(extent) : 1))
  return builder.op('Expand', [withReducedAxes(builder, node, gradient), builder.integers(...repeats)])
}

/** The gradient with an extent of 1 on every axis that the node removed. */
function withReducedAxes(builder: GraphBuilder, node: GraphNode, gradient: Value): Value {
  if (node.attributes['keepdims'] !== 0) return gradient
  const reduced = new Set(reducedAxes(node))
  const shape = node.inputs[0]!.shape.map((extent, axis) => (reduced.has(axis) ? 1 : extent))
  return reshapeTo(builder, gradient, shape)
}

/** Without a list of axes all are reduced. */
function reducedAxes({ inputs: [x, axes] }: GraphNode): number[] {
  const rank = x!.shape.length
  return axes ? integersOf(axes).map((axis) => (axis + rank) % rank) : [...x!.shape.keys()]
}

function sumOver(builder: GraphBuilder, value: Value, axis: unknown): Value {
  return builder.op('ReduceSum', [value, builder.integers(typeof axis === 'number' ? axis : -1)], { keepdims: 1 })
}
