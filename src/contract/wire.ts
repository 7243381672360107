/**
 * Messages as bytes, for transports without structured clone (a WebSocket): JSON that refers to the raw buffers behind it.
 *
 * Layout, little-endian: uint32 length of the JSON in bytes, the JSON, zeros up to a multiple of 8, then each buffer, each
 * padded with zeros to a multiple of 8, in the order in which the JSON names them. A typed array is written as
 * `{"$array": [type, byteOffset, length]}` with the offset counted from the first buffer; a number that JSON lacks as
 * `{"$number": "NaN"}`. These two keys are therefore reserved. A field that is undefined is left out.
 */

const arrayTypes = { Float32Array, Float64Array, Int32Array, Uint8Array } as const
type ArrayType = keyof typeof arrayTypes
type KnownArray = Float32Array | Float64Array | Int32Array | Uint8Array

const aligned = (length: number) => Math.ceil(length / 8) * 8

export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: { bytes: Uint8Array; offset: number }[] = []
  let bodyLength = 0
  const written = (type: ArrayType, array: KnownArray) => {
    const offset = bodyLength
    arrays.push({ bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset })
    bodyLength += aligned(array.byteLength)
    return { $array: [type, offset, array.length] }
  }
  const header = new TextEncoder().encode(JSON.stringify(asJson(message, written)))
  const bodyAt = aligned(4 + header.length)
  const bytes = new Uint8Array(bodyAt + bodyLength)
  new DataView(bytes.buffer).setUint32(0, header.length, true)
  bytes.set(header, 4)
  for (const array of arrays) bytes.set(array.bytes, bodyAt + array.offset)
  return bytes
}

/** Throws where the bytes are no message, or more than `largestJson` of them JSON; the receiver then drops them. */
export function decodeMessage(received: Uint8Array, largestJson = Infinity): unknown {
  // Node's Buffer is a Uint8Array whose `slice` does not copy.
  const bytes = new Uint8Array(received.buffer, received.byteOffset, received.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = view.getUint32(0, true)
  if (headerLength > largestJson) throw new RangeError('The message has more JSON than is read.')
  if (4 + headerLength > bytes.length) throw new RangeError('The message ends within its header.')
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + headerLength))
  const body = bytes.subarray(aligned(4 + headerLength))
  return fromJson(JSON.parse(json), body)
}

/** What JSON can say of a value: a copy, because a function that JSON.stringify asks about every value takes four times as long. */
function asJson(value: unknown, written: (type: ArrayType, array: KnownArray) => unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => asJson(item, written))
  const type = arrayTypeOf(value)
  if (type) return written(type, value as KnownArray)
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, asJson(field, written)]))
}

/** The message that JSON told, with its arrays and numbers; changed in place, for the same reason. */
function fromJson(value: unknown, body: Uint8Array): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$number' in value) return Number(value.$number)
  if ('$array' in value) return readArray(value.$array, body)
  const fields = value as Record<string, unknown>
  for (const key of Object.keys(fields)) {
    const field = fields[key]
    if (typeof field === 'object' && field !== null) fields[key] = fromJson(field, body)
  }
  return value
}

function arrayTypeOf(value: unknown): ArrayType | undefined {
  if (value instanceof Float32Array) return 'Float32Array'
  if (value instanceof Float64Array) return 'Float64Array'
  if (value instanceof Int32Array) return 'Int32Array'
  return value instanceof Uint8Array ? 'Uint8Array' : undefined
}

/** Copied out, so that each array owns its memory and is aligned wherever the message came to lie. */
function readArray(reference: unknown, body: Uint8Array): KnownArray {
  const [type, offset, length] = reference as [ArrayType, number, number]
  if (!Object.hasOwn(arrayTypes, type)) throw new RangeError(`The message holds an array of unknown type "${type}".`)
  const TypedArray = arrayTypes[type]
  const end = offset + length * TypedArray.BYTES_PER_ELEMENT
  const whole = Number.isInteger(offset) && Number.isInteger(length)
  if (!(whole && offset >= 0 && length >= 0 && end <= body.length))
    throw new RangeError('The message ends within its arrays.')
  return new TypedArray(body.slice(offset, end).buffer)
}
