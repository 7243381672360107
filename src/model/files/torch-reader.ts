import { type Unzipped, unzipSync } from 'fflate'
import { BadInput } from '../../core/bad-input'
import { PickleGlobal, type PickleValue, readPickle } from './pickle'
import { type ElementType, type StoredTensor, type StoredTensors, decodeNumbers, elementSizes } from './stored-tensor'

/** Refuses archives that would unpack to more than this many bytes; a model of this family has at most a few million weights. */
const largestEntry = 256 * 2 ** 20

const storageTypes: Readonly<Record<string, ElementType>> = {
  'torch.FloatStorage': 'F32',
  'torch.DoubleStorage': 'F64',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.BoolStorage': 'BOOL',
}
const orderedDict = 'collections.OrderedDict'
const rebuildTensor = 'torch._utils._rebuild_tensor_v2'
const allowed = new Set([orderedDict, rebuildTensor, ...Object.keys(storageTypes)])

/**
 * Reads a state_dict that PyTorch (1.6 or later) saved: a zip of `data.pkl`, which describes the tensors, and one raw
 * little-endian file for each storage. Throws BadInput for anything but a dictionary of tensors.
 */
export function readTorch(file: string, bytes: Uint8Array): StoredTensors {
  const archive = unzip(file, bytes)
  const pickle = Object.keys(archive).find((path) => /(^|\/)data\.pkl$/.test(path))
  if (pickle === undefined)
    throw new BadInput(`The archive "${file}" has no data.pkl; choose a state_dict saved by torch.save.`)
  const folder = pickle.slice(0, -'data.pkl'.length)
  if (archive[`${folder}byteorder`] && new TextDecoder().decode(archive[`${folder}byteorder`]) !== 'little')
    throw new BadInput(`The file "${file}" was saved big-endian; save it again on a little-endian machine.`)
  const value = readPickle(file, archive[pickle]!, {
    global: (name) => allowedGlobal(file, name),
    persistent: (id) => storageOf(file, id, (key) => archive[`${folder}data/${key}`]),
    reduce: (callable, args) => reduce(file, callable, args),
  })
  return stateDict(file, value)
}

/** A run of numbers that tensors are views of. */
class Storage {
  readonly data: Float32Array | Float64Array
  constructor(data: Float32Array | Float64Array) {
    this.data = data
  }
}

class TorchTensor implements StoredTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
  constructor(shape: readonly number[], data: Float32Array | Float64Array) {
    this.shape = shape
    this.data = data
  }
}

function unzip(file: string, bytes: Uint8Array): Unzipped {
  if (bytes[0] === 0x80)
    throw new BadInput(
      `The file "${file}" is in the format of PyTorch before 1.6; load it there and save it again with a newer PyTorch.`,
    )
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        if (originalSize > largestEntry) throw new RangeError('too large')
        return true
      },
    })
  } catch {
    throw new BadInput(
      `The file "${file}" is not a complete zip archive of a model (at most 256 MiB an entry); copy it again.`,
    )
  }
}

function allowedGlobal(file: string, name: string): PickleGlobal {
  if (!allowed.has(name))
    throw new BadInput(
      `The file "${file}" refers to the Python name "${name}", which a state_dict of tensors does not need; it was refused unread, so save model.state_dict() by itself.`,
    )
  return new PickleGlobal(name)
}

/** `('storage', type, key, device, count)`: the numbers of `data/{key}`. */
function storageOf(file: string, id: PickleValue, bytesOf: (key: string) => Uint8Array | undefined): Storage {
  const [kind, type, key, , count] = Array.isArray(id) ? (id as PickleValue[]) : []
  const elementType = type instanceof PickleGlobal ? storageTypes[type.name] : undefined
  if (kind !== 'storage' || !elementType || typeof key !== 'string' || typeof count !== 'number')
    throw new BadInput(`The file "${file}" refers to data that is not a tensor's storage; save a plain state_dict.`)
  const bytes = bytesOf(key)
  const wanted = count * elementSizes[elementType]
  if (bytes?.length !== wanted)
    throw new BadInput(
      `The storage "data/${key}" in "${file}" has ${bytes?.length ?? 0} bytes, but ${wanted} are wanted; the file is damaged.`,
    )
  return new Storage(decodeNumbers(bytes, elementType))
}

function reduce(file: string, callable: PickleValue, args: readonly PickleValue[]): PickleValue {
  if (callable instanceof PickleGlobal && callable.name === orderedDict && args.length === 0) return new Map()
  if (callable instanceof PickleGlobal && callable.name === rebuildTensor) return tensorOf(file, args)
  throw new BadInput(`The file "${file}" calls something that does not rebuild a tensor; it was refused unread.`)
}

/** `_rebuild_tensor_v2(storage, offset, shape, strides, …)`: a strided view, copied row-major. */
function tensorOf(file: string, [storage, offset, shape, strides]: readonly PickleValue[]): TorchTensor {
  if (!(storage instanceof Storage) || !isExtents([offset]) || !isExtents(shape) || !isExtents(strides))
    throw new BadInput(`The file "${file}" describes a tensor without storage, shape and strides; it is damaged.`)
  const size = shape.reduce((product, extent) => product * extent, 1)
  const last = shape.reduce((index, extent, axis) => index + (extent - 1) * strides[axis]!, offset as number)
  if (shape.length !== strides.length || size > storage.data.length || (size > 0 && last >= storage.data.length))
    throw new BadInput(
      `The file "${file}" describes a tensor of shape [${shape.join(', ')}] that reaches beyond its storage of ${storage.data.length} numbers; it is damaged.`,
    )
  const data = storage.data.slice(0, size)
  for (let index = 0; index < size; index++)
    data[index] = storage.data[(offset as number) + sourceOf(index, shape, strides)]!
  return new TorchTensor(shape, data)
}

/** Where a strided tensor holds the entry with a row-major index. */
function sourceOf(index: number, shape: readonly number[], strides: readonly number[]): number {
  let source = 0
  let rest = index
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    source += (rest % shape[axis]!) * strides[axis]!
    rest = Math.floor(rest / shape[axis]!)
  }
  return source
}

function stateDict(file: string, value: PickleValue): StoredTensors {
  if (!(value instanceof Map))
    throw new BadInput(`The file "${file}" does not hold a dictionary; save model.state_dict() by itself.`)
  const tensors = new Map<string, StoredTensor>()
  for (const [name, tensor] of value) {
    if (typeof name !== 'string' || !(tensor instanceof TorchTensor))
      throw new BadInput(
        `The entry ${JSON.stringify(name)} in "${file}" is not a tensor; save model.state_dict() by itself.`,
      )
    tensors.set(name, tensor)
  }
  return tensors
}

function isExtents(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((extent) => Number.isInteger(extent) && (extent as number) >= 0)
}
