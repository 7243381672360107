import { BadInput } from '../../core/bad-input'

/** What a file's first bytes say that it is: the kinds that are read. */
export type FileKind = 'safetensors' | 'torch' | 'legacyTorch'

interface Foreign {
  readonly matches: (file: string, bytes: Uint8Array) => boolean
  /** What it is, and what to do. */
  readonly words: string
}

const startsWith =
  (text: string): Foreign['matches'] =>
  (_, bytes) =>
    textAt(bytes, 0, text.length) === text

/** Files that people take for a model's weights. */
const foreigners: readonly Foreign[] = [
  {
    matches: (_, bytes) => bytes.length === 0,
    words: 'is empty; copy or save it again',
  },
  {
    matches: startsWith('version https://git-lfs'),
    words: 'is a Git LFS pointer, which stands for the model; run "git lfs pull" in its repository, and open it again',
  },
  {
    matches: (_, bytes) => /^\s*<(!doctype|html)/i.test(textAt(bytes, 0, 200)),
    words: 'is a web page, not a model; download the file itself (on the page, "download" or "raw")',
  },
  {
    matches: (file) => /\.onnx$/i.test(file),
    words:
      'is an ONNX graph: the computation with its weights merged in, from which they cannot be told apart; open the .safetensors or .pt it was made from',
  },
  { matches: startsWith('GGUF'), words: 'is in the GGUF format of llama.cpp; open the checkpoint it was made from' },
  {
    matches: startsWith('\x89HDF'),
    words: 'is in the HDF5 format, as Keras writes it; save the weights by safetensors.torch.save_file and open that',
  },
  {
    matches: startsWith('\x93NUMPY'),
    words: 'is a NumPy array; save the weights by safetensors.torch.save_file and open that',
  },
  { matches: startsWith('\x1f\x8b'), words: 'is packed by gzip; unpack it and open the model in it' },
  {
    matches: (_, bytes) => textAt(bytes, 257, 5) === 'ustar',
    words: 'is a tar archive; unpack it and open the model in it',
  },
  {
    matches: (_, bytes) => bytes[0] === 0x7b,
    words: 'is a JSON text, not weights; open the folder that it lies in, or the .safetensors or .pt file beside it',
  },
]

/** By content, not by name. Throws BadInput saying what a file is that is no model. */
export function fileKind(file: string, bytes: Uint8Array): FileKind {
  const foreign = foreigners.find(({ matches }) => matches(file, bytes))
  if (foreign) throw new BadInput(`The file "${file}" ${foreign.words}.`)
  if (textAt(bytes, 0, 2) === 'PK') return 'torch'
  // The length of its header, whose last four bytes are 0, and the header with a brace: the length may look like a pickle.
  if (bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0)) return 'safetensors'
  if (bytes[0] === 0x80) return 'legacyTorch'
  if (/\.safetensors$/i.test(file)) return 'safetensors'
  throw new BadInput(
    `The file "${file}" is neither a .safetensors file nor one that torch.save made; choose a model's weights.`,
  )
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length))
}
