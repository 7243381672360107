import type { Edit } from './model'

/** Both sets of edits at once; where they meet, those of `over` win. */
export function overlaid(base: readonly Edit[], over: readonly Edit[]): Edit[] {
  const untouched = base.filter(({ hook }) => !over.some((edit) => edit.hook === hook))
  return [
    ...untouched,
    ...over.map((edit) =>
      onTop(
        base.find(({ hook }) => hook === edit.hook),
        edit,
      ),
    ),
  ]
}

function onTop(base: Edit | undefined, over: Edit): Edit {
  if (!base) return over
  const shape = base.value.shape.map((extent, axis) => Math.max(extent, over.value.shape[axis]!))
  const maskShape = base.mask.shape.map((extent, axis) => Math.max(extent, over.mask.shape[axis]!))
  const size = (extents: readonly number[]) => extents.reduce((product, extent) => product * extent, 1)
  const precise = base.value.data instanceof Float64Array || over.value.data instanceof Float64Array
  const data = precise ? new Float64Array(size(shape)) : new Float32Array(size(shape))
  const [ofBase, ofOver, wins] = [placeIn(base.value, shape), placeIn(over.value, shape), placeIn(over.mask, shape)]
  for (let index = 0; index < data.length; index++)
    data[index] = over.mask.data[wins(index)] ? over.value.data[ofOver(index)]! : base.value.data[ofBase(index)]!
  const [inBase, inOver] = [placeIn(base.mask, maskShape), placeIn(over.mask, maskShape)]
  const mask = Uint8Array.from({ length: size(maskShape) }, (_, index) =>
    base.mask.data[inBase(index)] || over.mask.data[inOver(index)] ? 1 : 0,
  )
  return { hook: over.hook, mask: { shape: maskShape, data: mask }, value: { shape, data } }
}

/** Where an array holds the entry that a flat index into `shape` falls on, broadcast over its axes of extent 1. */
function placeIn({ shape: from }: { readonly shape: readonly number[] }, shape: readonly number[]) {
  const strides = from.map((extent, axis) =>
    extent === 1 ? 0 : from.slice(axis + 1).reduce((product, other) => product * other, 1),
  )
  return (index: number): number => {
    let place = 0
    for (let axis = shape.length - 1, rest = index; axis >= 0; axis--) {
      place += (rest % shape[axis]!) * strides[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    return place
  }
}
