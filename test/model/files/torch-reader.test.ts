import { expect, test } from 'vitest'
import { readTorch } from '../../../src/model/files/torch-reader'
import { global, text, torchFile } from '../../support/torch-file'

const one = { shape: [2], storage: Float32Array.of(1, 2) }
const state = (source: Parameters<typeof torchFile>[0] extends ReadonlyMap<string, infer S> ? S : never) =>
  new Map([['weight', source]])

test('strided views come out row-major', () => {
  const storage = Float32Array.from({ length: 7 }, (_, index) => index)
  const transposed = readTorch('m.pt', torchFile(state({ shape: [3, 2], strides: [1, 3], offset: 1, storage })))
  expect(transposed.get('weight')).toEqual({ shape: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, 6) })
})

test('scalars, double, half, bfloat16 and boolean storages are read', () => {
  const read = (storage: Float64Array | Uint16Array | Uint8Array, storageType: string, shape = [storage.length]) => [
    ...readTorch('m.pt', torchFile(state({ shape, storage, storageType }))).get('weight')!.data,
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

test.each([
  [
    'a foreign name',
    torchFile(state(one), { tail: [...global('posix', 'system'), ...text('true'), 0x85, 0x52] }),
    'The file "m.pt" refers to the Python name "posix.system", which a state_dict of tensors does not need; it was refused unread, so save model.state_dict() by itself.',
  ],
  [
    'a foreign opcode',
    torchFile(state(one), { tail: [0x81] }),
    'The file "m.pt" contains the pickle opcode NEWOBJ (0x81), which a state_dict of tensors does not need; it was refused unread.',
  ],
  [
    'an opcode without a common name',
    torchFile(state(one), { tail: [0x50] }),
    'The file "m.pt" contains the pickle opcode 0x50, which a state_dict of tensors does not need; it was refused unread.',
  ],
  [
    'a dictionary that holds more than tensors',
    torchFile(state(one), { tail: [...text('epoch'), 0x4b, 3, 0x73] }),
    'The entry "epoch" in "m.pt" is not a tensor; save model.state_dict() by itself.',
  ],
  [
    'a view beyond its storage',
    torchFile(state({ ...one, offset: 1 })),
    'The file "m.pt" describes a tensor of shape [2] that reaches beyond its storage of 2 numbers; it is damaged.',
  ],
  [
    'a view that blows up',
    torchFile(state({ ...one, shape: [1e6, 1e6], strides: [0, 0] })),
    'The file "m.pt" describes a tensor of shape [1000000, 1000000] that reaches beyond its storage of 2 numbers; it is damaged.',
  ],
  [
    'a short storage',
    torchFile(state(one), { files: { 'm/data/0': new Uint8Array(4) } }),
    'The storage "data/0" in "m.pt" has 4 bytes, but 8 are wanted; the file is damaged.',
  ],
  [
    'an unknown storage type',
    torchFile(state({ ...one, storageType: 'ComplexStorage' })),
    'The file "m.pt" refers to the Python name "torch.ComplexStorage", which a state_dict of tensors does not need; it was refused unread, so save model.state_dict() by itself.',
  ],
  [
    'big-endian numbers',
    torchFile(state(one), { files: { 'm/byteorder': new TextEncoder().encode('big') } }),
    'The file "m.pt" was saved big-endian; save it again on a little-endian machine.',
  ],
  [
    'the old format',
    Uint8Array.of(0x80, 2, 0x8a, 10),
    'The file "m.pt" is in the format of PyTorch before 1.6; load it there and save it again with a newer PyTorch.',
  ],
  [
    'a cut archive',
    torchFile(state(one)).subarray(0, 300),
    'The file "m.pt" is not a complete zip archive of a model (at most 256 MiB an entry); copy it again.',
  ],
  [
    'a pickle that ends early',
    torchFile(state(one), { files: { 'm/data.pkl': Uint8Array.of(0x80, 2, 0x58, 9, 0, 0, 0) } }),
    'The pickle in "m.pt" is damaged near byte 7; copy the file again.',
  ],
])('%s is refused', (_, bytes, sentence) => {
  expect(() => readTorch('m.pt', bytes)).toThrow(sentence)
})
