import type { StoredTensor } from './stored-tensor'

/**
 * The bytes of a safetensors file with these tensors, in the map's order: Float32Array as F32, anything else as F64. `metadata`
 * is text by name. The same input gives the same bytes.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: Pick<StoredTensor, 'shape'> & { data: ArrayLike<number> }]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {}
  const chunks: Uint8Array[] = []
  let offset = 0
  for (const [name, { shape, data }] of tensors) {
    const values = data instanceof Float32Array ? data : Float64Array.from(data)
    const end = offset + values.byteLength
    header[name] = { dtype: data instanceof Float32Array ? 'F32' : 'F64', shape, data_offsets: [offset, end] }
    chunks.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    offset = end
  }
  const text = JSON.stringify(header)
  // Spaces fill the header up, so that the tensors begin on a multiple of 8 bytes.
  const headerBytes = new TextEncoder().encode(text + ' '.repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(headerBytes.length), true)
  return concatenate([length, headerBytes, ...chunks])
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
