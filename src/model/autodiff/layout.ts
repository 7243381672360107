import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { integersOf, numeric, reshapeTo, scalarLike, sumTo } from './rule'
import type { Rule, Rules } from './rule'
import { swapsLastAxes, transposed } from './transposed'

/** Reshape, Squeeze, Unsqueeze: the same entries in the same order. */
const sameEntries: Rule = ({ inputs: [x] }, gradient, builder) => [reshapeTo(builder, gradient, x!.shape), null]

/** Operators that move entries about. */
export const layoutRules: Rules = {
  Reshape: sameEntries,
  Squeeze: sameEntries,
  Unsqueeze: sameEntries,

  Transpose: (node, gradient, builder) => {
    if (swapsLastAxes(node)) return [transposed(builder, gradient)]
    const {
      inputs: [x],
      attributes,
    } = node
    const moved = (attributes['perm'] as readonly number[] | undefined) ?? [...x!.shape.keys()].reverse()
    const back = moved.map((_, axis) => moved.indexOf(axis))
    return [builder.op('Transpose', [gradient], { perm: back })]
  },

  Expand: ({ inputs: [x] }, gradient, builder) => [sumTo(builder, gradient, x!.shape), null],

  Concat: ({ inputs, attributes }, gradient, builder) => {
    const axis = positive(attributes['axis'] as number, gradient.shape.length)
    let start = 0
    return inputs.map((part) => {
      const end = start + numeric(part.shape[axis]!)
      const bounds = [start, end, axis].map((bound) => builder.integers(bound))
      start = end
      return builder.op('Slice', [gradient, ...bounds])
    })
  },

  // What was cut away gets a gradient of 0.
  Slice: ({ inputs: [x, starts, ends, axes, steps] }, gradient, builder) => {
    if (steps && integersOf(steps).some((step) => step !== 1))
      throw new RangeError('The gradient of Slice is only known for steps of 1.')
    const rank = x!.shape.length
    const sliced = axes ? integersOf(axes).map((axis) => positive(axis, rank)) : [...integersOf(starts!).keys()]
    const before = x!.shape.map(() => 0)
    const after = x!.shape.map(() => 0)
    sliced.forEach((axis, i) => {
      const extent = numeric(x!.shape[axis]!)
      before[axis] = clamped(integersOf(starts!)[i]!, extent)
      after[axis] = extent - clamped(integersOf(ends!)[i]!, extent)
    })
    const pads = builder.integers(...before, ...after)
    return [builder.op('Pad', [gradient, pads, scalarLike(builder, gradient, 0)]), null, null, null, null]
  },

  // An entry that was taken several times gets the sum of its copies' gradients.
  Gather: ({ inputs: [x, indices], attributes }, gradient, builder) => {
    const axis = positive((attributes['axis'] as number | undefined) ?? 0, x!.shape.length)
    const taken = indices!.shape.length
    const last = gradient.shape.length
    const toFront = [...Array(last).keys()].filter((i) => i >= axis && i < axis + taken)
    const rest = [...Array(last).keys()].filter((i) => i < axis || i >= axis + taken)
    const frontFirst = permuted(builder, gradient, [...toFront, ...rest])
    const shape = [x!.shape[axis]!, ...x!.shape.toSpliced(axis, 1)].map(numeric)
    const zeros = builder.op('Expand', [scalarLike(builder, gradient, 0), builder.integers(...shape)])
    const rows = builder.op('Unsqueeze', [builder.op('Cast', [indices!], { to: 7 }), builder.integers(-1)])
    const summed = builder.op('ScatterND', [zeros, rows, frontFirst], { reduction: 'add' })
    const back = [...shape.keys()].map((i) => (i === axis ? 0 : i < axis ? i + 1 : i))
    return [permuted(builder, summed, back), null]
  },
}

function permuted(builder: GraphBuilder, value: Value, perm: readonly number[]): Value {
  return perm.every((axis, i) => axis === i) ? value : builder.op('Transpose', [value], { perm })
}

function positive(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

function clamped(index: number, extent: number): number {
  return Math.min(Math.max(index < 0 ? index + extent : index, 0), extent)
}
