/**
 * The few pieces of protobuf's wire format that ONNX needs. Every function returns the bytes of one field, tag included;
 * a message is its fields one after the other. See protobuf.dev, "Encoding".
 */
const utf8 = new TextEncoder()

/** An integer field (int32, int64, enum, bool); negative numbers take ten bytes, as the format wants. */
export function integer(field: number, value: number | bigint): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)])
}

/** A 32-bit float field. */
export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(new Float32Array([value]).buffer)
  return Uint8Array.from([...varint(field * 8 + 5), ...bytes])
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, utf8.encode(value))
}

/** A length-delimited field: bytes, or the fields of an embedded message. */
export function bytes(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return concatenate([Uint8Array.from([...varint(field * 8 + 2), ...varint(length)]), ...parts])
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value))
  const digits: number[] = []
  while (rest > 127n) {
    digits.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  digits.push(Number(rest))
  return digits
}
