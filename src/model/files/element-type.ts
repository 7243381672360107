/** Element types that files of tensors use, named as in safetensors, and the bytes that one element takes. */
export const elementSizes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const
export type ElementType = keyof typeof elementSizes

/** Those that weights can have; whole numbers and truth values are counters and masks. */
const weightTypes: readonly ElementType[] = ['F64', 'F32', 'F16', 'BF16']

export function isElementType(type: string): type is ElementType {
  return Object.hasOwn(elementSizes, type)
}

export function isWeightType(type: ElementType): boolean {
  return weightTypes.includes(type)
}

/** Little-endian numbers from a file's bytes: doubles and long whole numbers become float64, everything else float32. */
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
    case 'I64':
      return Float64Array.from(new BigInt64Array(copy), Number)
    case 'U64':
      return Float64Array.from(new BigUint64Array(copy), Number)
    case 'I32':
      return Float64Array.from(new Int32Array(copy))
    case 'U32':
      return Float64Array.from(new Uint32Array(copy))
    case 'I16':
      return Float32Array.from(new Int16Array(copy))
    case 'U16':
      return Float32Array.from(new Uint16Array(copy))
    case 'I8':
      return Float32Array.from(new Int8Array(copy))
    case 'U8':
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
