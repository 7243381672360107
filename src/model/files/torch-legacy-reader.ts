import { BadInput } from '../../core/bad-input'
import { readPickle } from './pickle'
import type { PickleValue, PickleWorld } from './pickle-values'
import { torchWorld } from './torch-world'

/** 0x1950a86a20f9469cfc6c, the first pickle of a file of the old format, as far as a number can hold it. */
const magicNumber = Number(0x1950a86a20f9469cfc6cn)
const protocolVersion = 1001

/**
 * Reads PyTorch's format from before 1.6, which `torch.save(…, _use_new_zipfile_serialization=False)` still writes: four pickles (a
 * magic number, a version, the machine's byte order, the data), a list of the storages' keys, then for each its count of elements and
 * its bytes. Throws BadInput for anything but tensors and inert data.
 */
export function readLegacyTorch(file: string, bytes: Uint8Array): PickleValue {
  const plain = torchWorld(file, () => () => new Uint8Array())
  const magic = readPickle(file, bytes, plain)
  if (magic.value !== magicNumber)
    throw new BadInput(
      `The file "${file}" is a Python pickle that torch.save did not make; load it in Python and save its weights by torch.save(model.state_dict(), …).`,
    )
  const version = readPickle(file, bytes, plain, magic.end)
  const system = readPickle(file, bytes, plain, version.end)
  if (version.value !== protocolVersion || !(system.value instanceof Map))
    throw new BadInput(`The file "${file}" is in an unknown version of PyTorch's old format; save it again.`)
  if (system.value.get('little_endian') !== true)
    throw new BadInput(`The file "${file}" was saved big-endian; save it again on a little-endian machine.`)
  const storages = new Map<string, Uint8Array>()
  const lengths = new Map<string, number>()
  const world: PickleWorld = torchWorld(file, (key, length) => {
    lengths.set(key, length)
    return () => storages.get(key)!
  })
  const data = readPickle(file, bytes, world, system.end)
  const keys = readPickle(file, bytes, plain, data.end)
  readStorages(file, bytes, keys, lengths, storages)
  return data.value
}

function readStorages(
  file: string,
  bytes: Uint8Array,
  { value: keys, end }: { readonly value: PickleValue; readonly end: number },
  lengths: ReadonlyMap<string, number>,
  storages: Map<string, Uint8Array>,
): void {
  const countLength = 8
  let offset = end
  for (const key of Array.isArray(keys) ? (keys as PickleValue[]) : []) {
    const length = typeof key === 'string' ? lengths.get(key) : undefined
    if (length === undefined) continue
    const start = offset + countLength
    offset = start + length
    storages.set(key as string, bytes.subarray(start, offset))
  }
  if (offset > bytes.length || [...lengths.keys()].some((key) => !storages.has(key)))
    throw new BadInput(`The file "${file}" was cut off: it ends before its last tensor does; copy it again.`)
}
