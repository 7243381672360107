import { BadInput } from '../../core/bad-input'
import { elementSizes } from './element-type'
import { InertObject, PickleGlobal, type PickleValue, type PickleWorld } from './pickle-values'
import { elementTypes, isKnownName, isModuleName, rebuilds, storageTypes, untypedStorage } from './torch-names'
import { TorchStorage, TorchTensor } from './torch-tensor'

/** Where a storage's bytes lie, by its key; `length` is what it says that it has. Throws BadInput where that is not so. */
export type StorageBytes = (key: string, length: number) => () => Uint8Array

/** What the names of a PyTorch checkpoint mean. Only tensors and dictionaries are rebuilt. */
export function torchWorld(file: string, bytesOf: StorageBytes): PickleWorld {
  return {
    global: (name) => knownGlobal(file, name),
    persistent: (id) => storageOf(file, id, bytesOf),
    reduce: (callable, args) => reduce(file, callable, args),
  }
}

function knownGlobal(file: string, name: string): PickleGlobal {
  if (isKnownName(name)) return new PickleGlobal(name)
  throw new BadInput(
    isModuleName(name)
      ? `The file "${file}" holds a whole model with its code ("${name}"), which is not run here; load it in Python and save its weights by torch.save(model.state_dict(), …).`
      : `The file "${file}" refers to the Python name "${name}", which a checkpoint of tensors does not need; it was refused unread, so save model.state_dict() by itself.`,
  )
}

/** `('storage', type, key, device, count)`; the old format adds what part of another storage it is, which is null today. */
function storageOf(file: string, id: PickleValue, bytesOf: StorageBytes): TorchStorage {
  const [kind, type, key, , count, part = null] = Array.isArray(id) ? (id as PickleValue[]) : []
  const name = type instanceof PickleGlobal ? type.name : ''
  const elementType = storageTypes[name]
  if (
    kind !== 'storage' ||
    (!elementType && name !== untypedStorage) ||
    typeof key !== 'string' ||
    !isExtents([count]) ||
    part !== null
  )
    throw new BadInput(`The file "${file}" refers to data that is not a tensor's storage; save a plain state_dict.`)
  const length = (count as number) * (elementType ? elementSizes[elementType] : 1)
  return new TorchStorage(elementType ?? null, length, bytesOf(key, length))
}

function reduce(file: string, callable: PickleValue, args: readonly PickleValue[]): PickleValue {
  const name = callable instanceof PickleGlobal ? callable.name : ''
  switch (name) {
    case rebuilds.tensor:
      return tensorOf(file, args)
    case rebuilds.tensorOfType:
      return tensorOf(file, args, args[6])
    case rebuilds.parameter:
    case rebuilds.parameterWithState:
      return args[0] ?? null
    case rebuilds.subclass:
      return Array.isArray(args[2]) ? reduce(file, args[0] ?? null, args[2] as PickleValue[]) : null
    case rebuilds.orderedDict:
      return dictionaryOf(args[0])
    case rebuilds.defaultDict:
      return new Map()
    case rebuilds.size:
      return args[0] ?? []
    case rebuilds.anything:
      return new InertObject(args[0] instanceof PickleGlobal ? args[0].name : name)
  }
  if (name !== '' && !storageTypes[name]) return new InertObject(name)
  throw new BadInput(`The file "${file}" calls something that does not rebuild a tensor; it was refused unread.`)
}

/** A dictionary from a list of pairs, which may be missing. */
function dictionaryOf(pairs: PickleValue | undefined): Map<PickleValue, PickleValue> {
  const isPair = (pair: PickleValue) => Array.isArray(pair) && pair.length === 2
  return new Map(Array.isArray(pairs) ? (pairs.filter(isPair) as [PickleValue, PickleValue][]) : [])
}

/** `(storage, offset, shape, strides, …)`: a strided view. */
function tensorOf(
  file: string,
  [storage, offset, shape, strides]: readonly PickleValue[],
  typeName?: PickleValue,
): TorchTensor | InertObject {
  if (!(storage instanceof TorchStorage) || !isExtents([offset]) || !isExtents(shape) || !isExtents(strides))
    throw new BadInput(`The file "${file}" describes a tensor without storage, shape and strides; it is damaged.`)
  if (shape.length !== strides.length)
    throw new BadInput(
      `The file "${file}" describes a tensor of ${shape.length} axes with ${strides.length} strides; it is damaged.`,
    )
  const type = storage.type ?? elementTypes[typeName instanceof PickleGlobal ? typeName.name : '']
  // An element type that no weights have, such as an 8-bit float.
  if (!type) return new InertObject(typeName instanceof PickleGlobal ? typeName.name : untypedStorage)
  return new TorchTensor(file, storage, type, offset as number, shape, strides)
}

function isExtents(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((extent) => Number.isSafeInteger(extent) && (extent as number) >= 0)
}
