import { fileKind } from './file-kind'
import { readSafetensors } from './safetensors-reader'
import { type Checkpoint, checkpointOf } from './state-dict'
import { readLegacyTorch } from './torch-legacy-reader'
import { readTorch } from './torch-reader'

/** What a file of weights holds, whatever its kind. Throws BadInput where it is none. */
export function readCheckpoint(file: string, bytes: Uint8Array): Checkpoint {
  switch (fileKind(file, bytes)) {
    case 'torch':
      return checkpointOf(file, readTorch(file, bytes))
    case 'legacyTorch':
      return checkpointOf(file, readLegacyTorch(file, bytes))
    case 'safetensors':
      return { tensors: readSafetensors(file, bytes), config: null, within: [] }
  }
}
