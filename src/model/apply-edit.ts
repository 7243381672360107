import type { Edit } from './model'

/** where(mask, value, activation), mask and value broadcast over their axes of extent 1. Throws RangeError where they do not fit. */
export function applyEdit(activation: Float64Array, shape: readonly number[], edit: Edit): Float64Array {
  const maskAt = broadcastIndex(edit.mask.shape, shape, edit.hook)
  const valueAt = broadcastIndex(edit.value.shape, shape, edit.hook)
  return activation.map((kept, index) => (edit.mask.data[maskAt(index)] ? edit.value.data[valueAt(index)]! : kept))
}

/** Where an array of shape `from` holds the entry that a flat index into the shape `to` falls on. */
function broadcastIndex(from: readonly number[], to: readonly number[], hook: string): (index: number) => number {
  if (from.length !== to.length || from.some((extent, axis) => extent !== 1 && extent !== to[axis]))
    throw new RangeError(`An edit of shape [${from.join(', ')}] does not fit "${hook}", which has [${to.join(', ')}].`)
  const strides = from.map((extent, axis) => (extent === 1 ? 0 : product(from.slice(axis + 1))))
  const inner = to.map((_, axis) => product(to.slice(axis + 1)))
  return (index) =>
    strides.reduce((offset, stride, axis) => offset + stride * (Math.floor(index / inner[axis]!) % to[axis]!), 0)
}

function product(extents: readonly number[]): number {
  return extents.reduce((total, extent) => total * extent, 1)
}
