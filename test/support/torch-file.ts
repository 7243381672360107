import { type Zippable, zipSync } from 'fflate'

export interface TorchTensorSource {
  readonly shape: readonly number[]
  readonly strides?: readonly number[]
  readonly offset?: number
  readonly storage: Float32Array | Float64Array | Uint16Array | Uint8Array
  readonly storageType?: string
}

/** Writes what `torch.save(state_dict)` writes, opcode by opcode, so that tests can bend any part of it. */
export function torchFile(
  tensors: ReadonlyMap<string, TorchTensorSource>,
  { tail = [], files = {}, level = 6 }: { tail?: readonly number[]; files?: Zippable; level?: 0 | 6 } = {},
): Uint8Array {
  const body = [...tensors].flatMap(([name, source], index) => [...text(name), ...tensor(source, String(index))])
  const pickle = [0x80, 2, ...global('collections', 'OrderedDict'), 0x29, 0x52, 0x28, ...body, 0x75, ...tail, 0x2e]
  const storages = [...tensors.values()].map(({ storage }, index) => {
    return [`m/data/${index}`, new Uint8Array(storage.buffer, storage.byteOffset, storage.byteLength)] as const
  })
  return zipSync({ 'm/data.pkl': Uint8Array.from(pickle), ...Object.fromEntries(storages), ...files }, { level })
}

function tensor({ shape, strides, offset = 0, storage, storageType = 'FloatStorage' }: TorchTensorSource, key: string) {
  const kind = global('torch', storageType)
  const storageId = [
    0x28,
    ...text('storage'),
    ...kind,
    ...text(key),
    ...text('cpu'),
    ...int(storage.length),
    0x74,
    0x51,
  ]
  const view = [...int(offset), ...tuple(shape), ...tuple(strides ?? rowMajor(shape)), 0x89]
  const noHooks = [...global('collections', 'OrderedDict'), 0x29, 0x52]
  return [...global('torch._utils', '_rebuild_tensor_v2'), 0x28, ...storageId, ...view, ...noHooks, 0x74, 0x52]
}

export function global(module: string, name: string): number[] {
  return [0x63, ...new TextEncoder().encode(`${module}\n${name}\n`)]
}

export function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)]
  return [0x58, ...littleEndian(bytes.length), ...bytes]
}

function int(value: number): number[] {
  return [0x4a, ...littleEndian(value)]
}

function tuple(values: readonly number[]): number[] {
  return [0x28, ...values.flatMap(int), 0x74]
}

function littleEndian(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]
}

function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1))
}
