import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors } from '../../../src/model/files/safetensors-reader'
import { writeSafetensors } from '../../../src/model/files/safetensors-writer'

const array = fc.oneof(fc.float32Array({ minLength: 1 }), fc.float64Array({ minLength: 1 }))

test('what was written is read back, bit by bit', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), array), (arrays) => {
      const tensors = new Map(
        Object.entries(arrays)
          .filter(([name]) => name !== '__metadata__' && name !== '__proto__')
          .map(([name, data]) => [name, { shape: [1, data.length], data }]),
      )
      const read = readSafetensors('m', writeSafetensors(tensors, { seed: '1' }))
      expect(new Map([...read].map(([name, one]) => [name, { shape: one.shape, data: one.read() }]))).toEqual(tensors)
    }),
  )
})

/** A file with this header and so many zero bytes after it. */
function file(header: unknown, bodyLength: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + bodyLength)
  bytes[0] = text.length & 255
  bytes[1] = text.length >> 8
  bytes.set(text, 8)
  return bytes
}

const entry = (begin: number, end: number, change = {}) => ({
  dtype: 'F32',
  shape: [2],
  data_offsets: [begin, end],
  ...change,
})

test.each([
  [
    'an empty file',
    new Uint8Array(3),
    'The file "m" has 3 bytes, but a safetensors file has at least 8; copy it again.',
  ],
  [
    'a header longer than the file',
    file('{}', 0).subarray(0, 9),
    'The file "m" announces a header of 2 bytes, but only 1 follow; it was cut off or is not a safetensors file.',
  ],
  [
    'a header that is no JSON',
    file('{"x"', 0),
    'The header of "m" is not a JSON object; the file is damaged or not a safetensors file.',
  ],
  [
    'a header that is no object',
    file([1], 0),
    'The header of "m" is not a JSON object; the file is damaged or not a safetensors file.',
  ],
  [
    'an entry without a shape',
    file({ x: { dtype: 'F32', data_offsets: [0, 8] } }, 8),
    'The header of "m" describes "x" without dtype, shape and data_offsets; the file is damaged.',
  ],
  [
    'an unknown element type',
    file({ x: entry(0, 8, { dtype: 'C64' }) }, 8),
    'The tensor "x" in "m" has dtype C64, but weights must be F64, F32, F16 or BF16; convert it.',
  ],
  [
    'a doubled __metadata__',
    file('{"__metadata__":{"a":"1"},"__metadata__":{"b":"2"}}', 0),
    'The header of "m" describes "__metadata__" twice; the file is damaged, so save or copy it again.',
  ],
  [
    'a doubled tensor',
    file(
      '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\\u0078":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
      8,
    ),
    'The header of "m" describes "x" twice; the file is damaged, so save or copy it again.',
  ],
  [
    'metadata that is not text',
    file({ __metadata__: { step: 3 } }, 0),
    'The metadata of "m" is not text by name, as the format wants it; save the file again with the metadata as strings.',
  ],
  [
    'a size with a fraction',
    file('{"x":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}', 8),
    'The header of "m" has the number 2.0 where sizes are whole; the file is damaged, so save or copy it again.',
  ],
  [
    'half a surrogate pair',
    file('{"__metadata__":{"a":"\\ud800"}}', 0),
    'The header of "m" has text that is not Unicode; the file is damaged, so save or copy it again.',
  ],
  [
    'a shape that does not fit its bytes',
    file({ x: entry(0, 4) }, 4),
    'The tensor "x" in "m" has 4 bytes, but F32 of shape [2] takes 8; the file is damaged.',
  ],
  [
    'overlapping tensors',
    file({ x: entry(0, 8), y: entry(4, 12) }, 12),
    'The tensor "y" in "m" begins at byte 4, but the one before it ends at 8; the file is damaged.',
  ],
  [
    'a cut file',
    file({ x: entry(0, 8), y: entry(8, 16) }, 12),
    'The tensors of "m" take 16 bytes, but 12 follow the header; the file was cut off or added to.',
  ],
])('%s is refused', (_, bytes, sentence) => {
  expect(() => readSafetensors('m', bytes)).toThrow(sentence)
})
