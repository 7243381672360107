import type { ElementType } from './element-type'

/** A tensor as a file holds it: no axis names yet. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly type: ElementType
  /** Its numbers, row-major. Decoded when asked for: what no model needs is never decoded. */
  read(): Float32Array | Float64Array
}

/** Tensors of a file by name. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>

/** How many numbers a tensor of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
