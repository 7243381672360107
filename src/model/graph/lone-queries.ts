import type { Value } from '../onnx/value'
import type { LoneKeys } from './lone-keys'

/**
 * The stream [example, place * moved head, d_model] after the last layer at those places that predict, `unembeddable`, if it is
 * another one there before that layer: the query is new, and so are the key and the value of its own place. `moved` is the stream
 * before the layer at all places.
 */
export function loneQueries(lone: LoneKeys, asked: readonly number[], moved: Value): Value {
  const { builder, config, length, type } = lone.context
  const heads = config.n_heads
  const rows = asked.flatMap((place) =>
    Array.from({ length: heads }, (_, head) => lone.places.indexOf(place) * heads + head),
  )
  const at = (x: Value, axis: number) => builder.op('Gather', [x, builder.integers(...rows)], { axis })
  const narrowed = asked.flatMap((place) => new Array<number>(heads).fill(lone.context.spec.positions!.indexOf(place)))
  const queries = lone.queries(at(lone.y, 1), narrowed)
  const [newKeys, newValues] = [at(lone.newKeys, 2), at(lone.newValues, 2)]
  const mask = asked.flatMap((place) =>
    Array.from({ length: heads * length }, (_, index) => Number(index % length < place)),
  )
  const earlier = builder.op('Where', [
    builder.constant([rows.length, length], Uint8Array.from(mask)),
    builder.op('MatMul', [queries, lone.keys]),
    builder.scalar(-Infinity, type),
  ])
  const own = builder.op('ReduceSum', [builder.op('Mul', [queries, newKeys]), builder.integers(-1)])
  const computed = builder.op('Softmax', [builder.op('Concat', [earlier, own], { axis: -1 })], { axis: -1 })
  const isAt = (sees: (key: number, place: number) => boolean) => {
    const entries = asked.flatMap((place) =>
      Array.from({ length: heads * length }, (_, index) => Number(sees(index % length, place))),
    )
    return builder.constant([rows.length, length], Float32Array.from(entries))
  }
  const pattern = lone.edits.replacedPattern(computed, narrowed, (given) => {
    const before = builder.op('Mul', [given, isAt((key, place) => key < place)])
    const there = builder.op('ReduceSum', [
      builder.op('Mul', [given, isAt((key, place) => key === place)]),
      builder.integers(-1),
    ])
    return builder.op('Concat', [before, there], { axis: -1 })
  })
  const part = (begin: number, end: number) =>
    builder.op('Slice', [pattern, builder.integers(begin), builder.integers(end), builder.integers(-1)])
  const mixed = builder.op('Add', [
    builder.op('MatMul', [part(0, length), lone.values]),
    builder.op('Mul', [part(length, length + 1), newValues]),
  ])
  const z = builder.op('Transpose', [mixed], { perm: [0, 2, 1, 3] })
  return builder.op('Add', [lone.written(z, narrowed), lone.before(at(moved, 1), narrowed)])
}
