import type { Tensor } from '../core/tensor'

/** The entry of a tensor that these labels name, `{ group: 'differ', digit: 'C2' }`. Throws RangeError for a name it has not. */
export function entryOf<D extends readonly string[]>(
  { dims, shape, data, labels }: Tensor<D>,
  names: Readonly<Record<D[number], string>>,
): number {
  const index = dims.reduce((row, dim: D[number], axis) => {
    const place = labels[dim]?.indexOf(names[dim]) ?? -1
    if (place < 0) throw new RangeError(`The axis "${dim}" has no entry "${names[dim]}".`)
    return row * shape[axis]! + place
  }, 0)
  return data[index]!
}
