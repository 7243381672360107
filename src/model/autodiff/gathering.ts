import type { GraphBuilder } from '../onnx/builder'
import { elementCode } from '../onnx/encode'
import type { Value } from '../onnx/value'
import { integersOf, numeric, positiveAxis, scalarLike } from './rule'
import type { Rules } from './rule'

/** Look-ups. An entry that was taken several times gets the sum of its copies' gradients. */
export const gatheringRules: Rules = {
  Gather: ({ inputs: [x, indices], attributes }, gradient, builder) => {
    const axis = positiveAxis((attributes['axis'] as number | undefined) ?? 0, x!.shape.length)
    const byConstants = indices!.data && indices!.shape.length === 1
    return [(byConstants ? gatheredByConstants : gatheredAtRun)(builder, x!, indices!, axis, gradient), null]
  },
}

/** A product with the matrix that holds a 1 where an entry was taken; other axes may be symbolic. */
function gatheredByConstants(builder: GraphBuilder, x: Value, indices: Value, axis: number, gradient: Value): Value {
  const extent = numeric(x.shape[axis]!)
  const taken = integersOf(indices)
  const entries = taken.flatMap((index) =>
    Array.from({ length: extent }, (_, entry) => Number(entry === (index + extent) % extent)),
  )
  const data = gradient.type === 'float64' ? Float64Array.from(entries) : Float32Array.from(entries)
  const swapped = exchangedWithLast(x.shape.length, axis)
  const spread = builder.op('MatMul', [
    permuted(builder, gradient, swapped),
    builder.constant([taken.length, extent], data),
  ])
  return permuted(builder, spread, swapped)
}

/** The gathered axis moves to the front, where ScatterND adds up whole rows. All extents of x have to be numbers. */
function gatheredAtRun(builder: GraphBuilder, x: Value, indices: Value, axis: number, gradient: Value): Value {
  const before = [...Array(axis).keys()]
  const added = indices.shape.map((_, i) => axis + i)
  const after = [...Array(x.shape.length - axis - 1).keys()].map((i) => axis + added.length + i)
  const front = permuted(builder, gradient, [...added, ...before, ...after])
  const shape = [x.shape[axis]!, ...x.shape.toSpliced(axis, 1)].map(numeric)
  const zeros = builder.op('Expand', [scalarLike(builder, gradient, 0), builder.integers(...shape)])
  const wide = builder.op('Cast', [indices], { to: elementCode('int64') })
  const rows = builder.op('Unsqueeze', [wide, builder.integers(-1)])
  const summed = builder.op('ScatterND', [zeros, rows, front], { reduction: 'add' })
  return permuted(
    builder,
    summed,
    shape.map((_, i) => (i === axis ? 0 : i < axis ? i + 1 : i)),
  )
}

function exchangedWithLast(rank: number, axis: number): number[] {
  const axes = [...Array(rank).keys()]
  return axes.with(axis, rank - 1).with(rank - 1, axis)
}

function permuted(builder: GraphBuilder, value: Value, perm: readonly number[]): Value {
  return perm.every((axis, i) => axis === i) ? value : builder.op('Transpose', [value], { perm })
}
