import { expect, test } from 'vitest'
import { readCheckpoint } from '../../../src/model/files/read-checkpoint'
import { global, text, torchFile } from '../../support/torch-file'

const readTorch = (file: string, bytes: Uint8Array) => readCheckpoint(file, bytes).tensors

const one = { shape: [2], storage: Float32Array.of(1, 2) }
const state = (source: Parameters<typeof torchFile>[0] extends ReadonlyMap<string, infer S> ? S : never) =>
  new Map([['weight', source]])

test('strided views come out row-major', () => {
  const storage = Float32Array.from({ length: 7 }, (_, index) => index)
  const transposed = readTorch('m.pt', torchFile(state({ shape: [3, 2], strides: [1, 3], offset: 1, storage })))
  expect(transposed.get('weight')!.shape).toEqual([3, 2])
  expect(transposed.get('weight')!.read()).toEqual(Float32Array.of(1, 4, 2, 5, 3, 6))
})

test('scalars, double, half, bfloat16 and boolean storages are read', () => {
  const read = (storage: Float64Array | Uint16Array | Uint8Array, storageType: string, shape = [storage.length]) => [
    ...readTorch('m.pt', torchFile(state({ shape, storage, storageType })))
      .get('weight')!
      .read(),
  ]
  expect(read(Float64Array.of(Math.PI), 'DoubleStorage', [])).toEqual([Math.PI])
  expect(read(Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7c00), 'HalfStorage')).toEqual([
    1,
    -2,
    0.333251953125,
    2 ** -24,
    Infinity,
  ])
  expect(read(Uint16Array.of(0x3f80, 0xc000), 'BFloat16Storage')).toEqual([1, -2])
  expect(read(Uint8Array.of(0, 1), 'BoolStorage')).toEqual([0, 1])
})

test('attributes of the dictionary are left out', () => {
  const metadata = [0x7d, ...text('_metadata'), 0x7d, 0x73, 0x62]
  expect([...readTorch('m.pt', torchFile(state(one), { tail: metadata })).keys()]).toEqual(['weight'])
})

test('one flipped bit is seen wherever it is, unless the file was saved without checksums', () => {
  const numbers = Float32Array.from({ length: 200 }, (_, index) => index + 0.5)
  const bytes = torchFile(state({ shape: [200], storage: numbers }), { level: 0 })
  const at = bytes.findIndex(
    (_, index) => new DataView(bytes.buffer).getFloat32(Math.min(index, bytes.length - 4), true) === 100.5,
  )
  bytes[at + 3] = bytes[at + 3]! ^ 0x40
  expect(() => readTorch('m.pt', bytes).get('weight')!.read()).toThrow(
    'The entry "m/data/0" in "m.pt" is not what was saved: its checksum is another. The file was damaged on its way; copy it again.',
  )
  expect(readTorch('m.pt', withoutChecksums(bytes)).get('weight')!.read()[99]).toBe(99.5)
})

/** As `torch.serialization.set_crc32_options(False)` writes it: with 0 for every entry. */
function withoutChecksums(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const view = new DataView(copy.buffer)
  for (let index = 0; index + 4 <= copy.length; index++)
    if (view.getUint32(index, true) === 0x02014b50) view.setUint32(index + 16, 0, true)
  return copy
}

test.each([
  [
    'a foreign name',
    torchFile(state(one), { tail: [...global('posix', 'system'), ...text('true'), 0x85, 0x52] }),
    'The file "m.pt" refers to the Python name "posix.system", which a checkpoint of tensors does not need; it was refused unread, so save model.state_dict() by itself.',
  ],
  [
    'a whole model with its code',
    torchFile(state(one), { tail: global('transformer_lens.HookedTransformer', 'HookedTransformer') }),
    'The file "m.pt" holds a whole model with its code ("transformer_lens.HookedTransformer.HookedTransformer"), which is not run here; load it in Python and save its weights by torch.save(model.state_dict(), …).',
  ],
  [
    'a foreign opcode',
    torchFile(state(one), { tail: [0x82] }),
    'The file "m.pt" contains the pickle opcode EXT1 (0x82), which a checkpoint of tensors does not need; it was refused unread.',
  ],
  [
    'an opcode without a common name',
    torchFile(state(one), { tail: [0x46] }),
    'The file "m.pt" contains the pickle opcode 0x46, which a checkpoint of tensors does not need; it was refused unread.',
  ],
  [
    'a view beyond its storage',
    torchFile(state({ ...one, offset: 1 })),
    'The file "m.pt" describes a tensor of shape [2] that reaches beyond its storage of 2 numbers; it is damaged.',
  ],
  [
    'a short storage',
    torchFile(state(one), { files: { 'm/data/0': new Uint8Array(4) } }),
    'The storage "data/0" in "m.pt" has 4 bytes, but 8 are wanted; the file is damaged.',
  ],
  [
    'an unknown storage type',
    torchFile(state({ ...one, storageType: 'ComplexStorage' })),
    'The file "m.pt" refers to the Python name "torch.ComplexStorage", which a checkpoint of tensors does not need; it was refused unread, so save model.state_dict() by itself.',
  ],
  [
    'big-endian numbers',
    torchFile(state(one), { files: { 'm/byteorder': new TextEncoder().encode('big') } }),
    'The file "m.pt" was saved big-endian; save it again on a little-endian machine.',
  ],
  [
    'a cut archive',
    torchFile(state(one)).subarray(0, 300),
    'The file "m.pt" is not a complete zip archive of a model; copy it again.',
  ],
  [
    'a pickle that ends early',
    torchFile(state(one), { files: { 'm/data.pkl': Uint8Array.of(0x80, 2, 0x58, 9, 0, 0, 0) } }),
    'The pickle in "m.pt" is damaged near byte 7; copy the file again.',
  ],
])('%s is refused', (_, bytes, sentence) => {
  expect(() => readTorch('m.pt', bytes)).toThrow(sentence)
})
