import type { Edit } from './model'

/** The entries at `indices` of an axis, in that order; an axis of extent 1 is broadcast and stays. */
export function pickAlong<A extends Edit['mask'] | Edit['value']>(
  array: A,
  axis: number,
  indices: readonly number[],
): A {
  const extent = array.shape[axis]!
  if (extent === 1) return array
  const inner = array.shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const outer = array.data.length / (extent * inner)
  const data = array.data.slice(0, outer * indices.length * inner)
  for (let block = 0, to = 0; block < outer; block++)
    for (const index of indices)
      for (let column = 0; column < inner; column++) data[to++] = array.data[(block * extent + index) * inner + column]!
  return { ...array, shape: array.shape.with(axis, indices.length), data }
}
