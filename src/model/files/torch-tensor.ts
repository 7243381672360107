import { BadInput } from '../../core/bad-input'
import { type ElementType, decodeNumbers, elementSizes } from './element-type'
import { type StoredTensor, sizeOf } from './stored-tensor'

/** A run of numbers that tensors are views of. Its bytes are fetched when a tensor is read. */
export class TorchStorage {
  constructor(
    /** What its numbers are; null for a storage without a type of its own. */
    readonly type: ElementType | null,
    /** How many bytes it says that it has. */
    readonly length: number,
    readonly bytes: () => Uint8Array,
  ) {}
}

/** A strided view of a storage; `offset` and strides are in elements. */
export class TorchTensor implements StoredTensor {
  /** Throws BadInput where the view reaches beyond its storage. */
  constructor(
    file: string,
    readonly storage: TorchStorage,
    readonly type: ElementType,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    const available = Math.floor(storage.length / elementSizes[type])
    const last = shape.reduce((index, extent, axis) => index + (extent - 1) * strides[axis]!, offset)
    if (sizeOf(shape) > 0 && !(last < available))
      throw new BadInput(
        `The file "${file}" describes a tensor of shape [${shape.join(', ')}] that reaches beyond its storage of ${available} numbers; it is damaged.`,
      )
  }

  read(): Float32Array | Float64Array {
    const size = elementSizes[this.type]
    const bytes = this.storage.bytes()
    const count = sizeOf(this.shape)
    if (this.#isRowMajor())
      return decodeNumbers(bytes.subarray(this.offset * size, (this.offset + count) * size), this.type)
    const gathered = new Uint8Array(count * size)
    let written = 0
    for (const element of viewed(this.offset, this.shape, this.strides)) {
      const start = element * size
      for (let byte = 0; byte < size; byte++) gathered[written++] = bytes[start + byte]!
    }
    return decodeNumbers(gathered, this.type)
  }

  #isRowMajor(): boolean {
    let wanted = 1
    for (let axis = this.shape.length - 1; axis >= 0; axis--) {
      if (this.shape[axis] !== 1 && this.strides[axis] !== wanted) return false
      wanted *= this.shape[axis]!
    }
    return true
  }
}

/** The elements of a view, in row-major order. */
function* viewed(offset: number, shape: readonly number[], strides: readonly number[]): Generator<number> {
  if (sizeOf(shape) === 0) return
  const index = shape.map(() => 0)
  let element = offset
  for (;;) {
    yield element
    let axis = shape.length - 1
    for (; axis >= 0; axis--) {
      element += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      element -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
    if (axis < 0) return
  }
}
