/** A tensor as a file holds it: no axis names yet. Row-major. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

/** Tensors of a file by name. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>

/** Element types that model files use, named as in safetensors. */
export const elementSizes = { F64: 8, F32: 4, F16: 2, BF16: 2, BOOL: 1 } as const
export type ElementType = keyof typeof elementSizes

/** Little-endian numbers from a file's bytes; 16-bit floats become float32, truth values 0 and 1. */
export function decodeNumbers(bytes: Uint8Array, type: ElementType): Float32Array | Float64Array {
  const copy = Uint8Array.from(bytes).buffer // Node's Buffer would slice without copying.
  switch (type) {
    case 'F64':
      return new Float64Array(copy)
    case 'F32':
      return new Float32Array(copy)
    case 'F16':
      return Float32Array.from(new Uint16Array(copy), fromHalf)
    case 'BF16':
      return new Float32Array(Uint32Array.from(new Uint16Array(copy), (bits) => bits << 16).buffer)
    case 'BOOL':
      return Float32Array.from(new Uint8Array(copy))
  }
}

/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
