import { integersOf, numeric, positiveAxis, reshapeTo, scalarLike, sumTo } from './rule'
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
    const axis = positiveAxis(attributes['axis'] as number, gradient.shape.length)
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
    const sliced = axes ? integersOf(axes).map((axis) => positiveAxis(axis, rank)) : [...integersOf(starts!).keys()]
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
}

function clamped(index: number, extent: number): number {
  return Math.min(Math.max(index < 0 ? index + extent : index, 0), extent)
}
