import type { GraphBuilder } from '../onnx/builder'
import { sumLeading } from '../onnx/sum-leading'
import type { Extent, GraphNode, Shape, Value } from '../onnx/value'

/**
 * The vector-Jacobian product of one operator: given the gradient of a scalar with respect to the node's output (same
 * shape as the output), the gradients with respect to its inputs (same shape as each), in their order; null for inputs
 * that have none, such as indices. What nobody asks for is left out of the graph when that is built, so a rule need not
 * know which inputs matter.
 */
export type Rule = (node: GraphNode, gradient: Value, builder: GraphBuilder) => readonly (Value | null)[]

/** Rules by ONNX operator. */
export type Rules = Readonly<Record<string, Rule>>

/** Undoes broadcasting: sums the gradient over the axes along which a value of `shape` was repeated. */
export function sumTo(builder: GraphBuilder, gradient: Value, shape: Shape): Value {
  const added = gradient.shape.length - shape.length
  const axes = gradient.shape.flatMap((extent, axis) =>
    axis < added || (shape[axis - added] === 1 && extent !== 1) ? [axis] : [],
  )
  if (axes.length === 0) return gradient
  if (axes.every((axis, i) => axis === i && typeof gradient.shape[axis] === 'number'))
    return reshapeTo(builder, sumLeading(builder, gradient, axes.length), shape)
  const summed = builder.op('ReduceSum', [gradient, builder.integers(...axes)], { keepdims: 1 })
  return added === 0 ? summed : reshapeTo(builder, summed, shape)
}

/** Reshapes to a known shape of which at most one extent is a symbol. */
export function reshapeTo(builder: GraphBuilder, value: Value, shape: Shape): Value {
  const extents = shape.map((extent) => (typeof extent === 'number' ? extent : -1))
  if (extents.filter((extent) => extent === -1).length > 1)
    throw new RangeError(`A gradient of shape [${shape.join(', ')}] has more than one symbolic extent.`)
  return builder.op('Reshape', [value, builder.integers(...extents)])
}

/** A constant of the same element type as `like`, without axes. */
export function scalarLike(builder: GraphBuilder, like: Value, value: number): Value {
  return builder.scalar(value, like.type === 'float64' ? 'float64' : 'float32')
}

/** The entries of a constant list of axes, indices or extents. */
export function integersOf(value: Value): number[] {
  if (!value.data) throw new RangeError(`The value "${value.name}" has to be a constant for its gradient to be known.`)
  return Array.from(value.data as BigInt64Array, Number)
}

/** An extent that has to be a number here. */
export function numeric(extent: Extent): number {
  if (typeof extent === 'string') throw new RangeError(`A gradient needs the symbolic extent "${extent}" as a number.`)
  return extent
}

/** An axis counted from the end, as ONNX allows, counted from the start. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}
