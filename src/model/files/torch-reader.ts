import { BadInput } from '../../core/bad-input'
import { readPickle } from './pickle'
import type { PickleValue } from './pickle-values'
import { torchWorld } from './torch-world'
import { ZipArchive } from './zip-archive'

/**
 * Reads what PyTorch (1.6 or later) saved: a zip of `data.pkl`, which describes the tensors, and one raw little-endian file for
 * each storage. Throws BadInput for anything but tensors and inert data.
 */
export function readTorch(file: string, bytes: Uint8Array): PickleValue {
  const archive = new ZipArchive(file, bytes)
  const pickle = archive.names.find((path) => /(^|\/)data\.pkl$/.test(path))
  if (pickle === undefined) throw new BadInput(`The archive "${file}" has no data.pkl; ${cureOf(archive)}.`)
  const folder = pickle.slice(0, -'data.pkl'.length)
  if (archive.has(`${folder}constants.pkl`))
    throw new BadInput(
      `The file "${file}" is a TorchScript program, which is not run here; load it in Python and save its weights by torch.save(model.state_dict(), …).`,
    )
  const byteOrder = `${folder}byteorder`
  if (archive.has(byteOrder) && new TextDecoder().decode(archive.read(byteOrder)) !== 'little')
    throw new BadInput(`The file "${file}" was saved big-endian; save it again on a little-endian machine.`)
  const world = torchWorld(file, (key, length) => {
    const entry = `${folder}data/${key}`
    const stored = archive.sizeOf(entry) ?? 0
    if (stored !== length)
      throw new BadInput(
        `The storage "data/${key}" in "${file}" has ${stored} bytes, but ${length} are wanted; the file is damaged.`,
      )
    return remembered(() => archive.read(entry))
  })
  return readPickle(file, archive.read(pickle), world).value
}

/** Unpacked and checked once, however many tensors are views of it. */
function remembered(read: () => Uint8Array): () => Uint8Array {
  let bytes: Uint8Array | undefined
  return () => (bytes ??= read())
}

function cureOf({ names }: ZipArchive): string {
  if (names.some((name) => name.endsWith('.npy')))
    return "it is NumPy's; load it in Python and save the weights by safetensors.torch.save_file"
  if (names.some((name) => /\.(pt|pth|safetensors)$/.test(name)))
    return 'it is a packed folder: unpack it and open the model in it'
  return 'choose a file that torch.save made'
}
