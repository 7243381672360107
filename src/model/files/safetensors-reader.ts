import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { type ElementType, decodeNumbers, elementSizes, isElementType } from './element-type'
import { checkHeaderText } from './safetensors-header'
import { type StoredTensor, type StoredTensors, sizeOf } from './stored-tensor'

/**
 * Reads a safetensors file: 8 bytes header length, a JSON header `{name: {dtype, shape, data_offsets}}`, then the tensors'
 * bytes without gaps (https://huggingface.co/docs/safetensors). Throws BadInput where any of that does not hold.
 */
export function readSafetensors(file: string, bytes: Uint8Array): StoredTensors {
  const { header, body } = split(file, bytes)
  metadataOf(file, header)
  const entries = Object.entries(header).flatMap(([name, value]) => {
    return name === '__metadata__' ? [] : [entryOf(file, name, value)]
  })
  checkLayout(file, entries, body.length)
  return new Map(entries.map((entry) => [entry.name, tensorOf(entry, body)]))
}

/** What a safetensors file says of itself, text by name; empty where it says nothing. Throws BadInput. */
export function safetensorsMetadata(file: string, bytes: Uint8Array): Readonly<Record<string, string>> {
  return metadataOf(file, split(file, bytes).header)
}

interface Entry {
  readonly name: string
  readonly dtype: ElementType
  readonly shape: readonly number[]
  readonly data_offsets: readonly [begin: number, end: number]
}

const whole = z.int().min(0)
const entrySchema = z.object({ dtype: z.string(), shape: z.array(whole), data_offsets: z.tuple([whole, whole]) })
const headerSchema = z.record(z.string(), z.unknown())
const metadataSchema = z.record(z.string(), z.string()).nullish()

function metadataOf(file: string, header: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const metadata = metadataSchema.safeParse(header['__metadata__'])
  if (metadata.success) return metadata.data ?? {}
  throw new BadInput(
    `The metadata of "${file}" is not text by name, as the format wants it; save the file again with the metadata as strings.`,
  )
}

function split(file: string, bytes: Uint8Array): { header: Record<string, unknown>; body: Uint8Array } {
  if (bytes.length < 8)
    throw new BadInput(
      `The file "${file}" has ${bytes.length} bytes, but a safetensors file has at least 8; copy it again.`,
    )
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > bytes.length - 8)
    throw new BadInput(
      `The file "${file}" announces a header of ${length} bytes, but only ${bytes.length - 8} follow; it was cut off or is not a safetensors file.`,
    )
  return { header: parseHeader(file, bytes.subarray(8, 8 + length)), body: bytes.subarray(8 + length) }
}

function parseHeader(file: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // White space before the brace, which JSON.parse lets pass, is not of the format.
    if (!text.startsWith('{')) throw new SyntaxError('no object')
    const header = headerSchema.parse(JSON.parse(text))
    checkHeaderText(file, text)
    return header
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(`The header of "${file}" is not a JSON object; the file is damaged or not a safetensors file.`)
  }
}

function entryOf(file: string, name: string, value: unknown): Entry {
  const entry = entrySchema.safeParse(value)
  if (!entry.success)
    throw new BadInput(
      `The header of "${file}" describes "${name}" without dtype, shape and data_offsets; the file is damaged.`,
    )
  const { dtype, shape, data_offsets } = entry.data
  if (!isElementType(dtype))
    throw new BadInput(
      `The tensor "${name}" in "${file}" has dtype ${dtype}, but weights must be F64, F32, F16 or BF16; convert it.`,
    )
  return { name, dtype, shape, data_offsets }
}

/** Every tensor fills its bytes, and together they fill the file: no gap, no overlap, nothing missing. */
function checkLayout(file: string, entries: readonly Entry[], available: number): void {
  let reached = 0
  for (const { name, dtype, shape, data_offsets } of entries.toSorted(
    (x, y) => x.data_offsets[0] - y.data_offsets[0],
  )) {
    const [begin, end] = data_offsets
    const size = sizeOf(shape) * elementSizes[dtype]
    if (end - begin !== size)
      throw new BadInput(
        `The tensor "${name}" in "${file}" has ${end - begin} bytes, but ${dtype} of shape [${shape.join(', ')}] takes ${size}; the file is damaged.`,
      )
    if (begin !== reached)
      throw new BadInput(
        `The tensor "${name}" in "${file}" begins at byte ${begin}, but the one before it ends at ${reached}; the file is damaged.`,
      )
    reached = end
  }
  if (reached !== available)
    throw new BadInput(
      `The tensors of "${file}" take ${reached} bytes, but ${available} follow the header; the file was cut off or added to.`,
    )
}

function tensorOf({ dtype, shape, data_offsets }: Entry, body: Uint8Array): StoredTensor {
  return { shape, type: dtype, read: () => decodeNumbers(body.subarray(...data_offsets), dtype) }
}
