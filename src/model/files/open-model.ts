import { BadInput } from '../../core/bad-input'
import type { ModelConfig } from '../config'
import { inferConfig } from '../infer-config'
import type { Weights } from '../weights'
import { checkWeights } from './check-weights'
import { readConfig } from './config-file'
import { readSafetensors } from './safetensors-reader'
import type { StoredTensors } from './stored-tensor'
import { readTorch } from './torch-reader'

export interface OpenedModel {
  readonly config: ModelConfig
  /** As the file holds them, before any processing. */
  readonly weights: Weights
  /** Which of the files holds the weights: the one whose SHA-256 identifies the model. */
  readonly weightsFile: string
}

/**
 * Reads a model from the bytes of its files, by file name: our folder (`config.json` and one `.safetensors`), a bare
 * `.safetensors`, or a PyTorch state_dict (`.pt`). Without `config.json` the configuration follows from the shapes. `name` is
 * what the user opened, for error sentences. Throws BadInput.
 */
export function openModelBytes(name: string, files: ReadonlyMap<string, Uint8Array>): OpenedModel {
  const weightsFile = weightsFileOf(name, [...files.keys()])
  const tensors = readTensors(weightsFile, files.get(weightsFile)!)
  const configBytes = files.get('config.json')
  const config = configBytes
    ? readConfig('config.json', configBytes)
    : inferConfig(new Map([...tensors].map(([key, { shape }]) => [key, shape])))
  return { config, weights: checkWeights(weightsFile, config, tensors), weightsFile }
}

function weightsFileOf(name: string, files: readonly string[]): string {
  if (files.includes('model.safetensors')) return 'model.safetensors'
  const candidates = files.filter((file) => file !== 'config.json')
  if (candidates.length === 1) return candidates[0]!
  throw new BadInput(
    `"${name}" has ${candidates.length === 0 ? 'no file' : 'several files'} that could hold weights; open a folder with config.json and model.safetensors, a .safetensors file or a .pt file.`,
  )
}

/** By content, not by name: a zip archive is PyTorch's, anything else must be safetensors. */
function readTensors(file: string, bytes: Uint8Array): StoredTensors {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  return isZip || /\.(pt|pth)$/i.test(file) ? readTorch(file, bytes) : readSafetensors(file, bytes)
}
