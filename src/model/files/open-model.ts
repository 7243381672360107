import { BadInput } from '../../core/bad-input'
import { candidateLayouts } from '../../core/layout-candidates'
import type { TaskLayout } from '../../core/task-layout'
import { checkConfig } from '../check-config'
import type { ModelConfig } from '../config'
import type { Weights } from '../weights'
import { checkWeights } from './check-weights'
import { configOf, readConfig, type ReadConfig } from './config-file'
import { type FileConfig, runtimeConfig } from './file-config'
import { readCheckpoint } from './read-checkpoint'
import { possibleConfigs } from './possible-configs'
import { withTiedUnembedding } from './tied-unembedding'
import { modelTensors, prefixOf } from './tensor-names'
import { classicTensors, isNative } from './native-names'
import { sumTensors } from './sum-tensors'
import { weightsFileAmong } from './weights-file'

/** One way to read a model's files. */
export interface Reading {
  readonly config: ModelConfig
  /** As the file holds them, before any processing. */
  readonly weights: Weights
  /** As the files tell, which may leave the layout open. */
  readonly file: FileConfig
}

/** How a file keeps the weights, for whoever is to read it again. */
export interface StoredForm {
  /** Where in a checkpoint they lie, such as `['model']`; empty where the file holds nothing else. */
  readonly within: readonly string[]
  /** What stands before each name, such as `module.`. */
  readonly prefix: string
  /** Whether names and shapes are those of TransformerLens 4's native models. */
  readonly isNative: boolean
}

export interface OpenedModel extends Reading {
  /** Which of the files holds the weights: the one whose SHA-256 identifies the model. */
  readonly weightsFile: string
  readonly stored: StoredForm
  /** Other ways to read the files, where they leave open how the model computes; which is right shows when it adds. */
  readonly alternatives: readonly Reading[]
  /** What a person should know of how it was read, each a sentence. */
  readonly notices: readonly string[]
}

/**
 * Reads a model from the bytes of its files, by file name: our folder (`config.json` and one `.safetensors`), a bare `.safetensors`,
 * or what `torch.save` wrote. Without `config.json` the configuration is the one kept in a checkpoint, or follows from the shapes.
 * `layout` is chosen by the user; without it the file's own holds, else the likeliest that fits. `name` is what the user opened, for
 * error sentences. Throws BadInput.
 */
export function openModelBytes(name: string, files: ReadonlyMap<string, Uint8Array>, layout?: TaskLayout): OpenedModel {
  const { file, notice } = weightsFileOf(name, files)
  const checkpoint = readCheckpoint(file, files.get(file)!)
  const said = configSaid(file, files.get('config.json'), checkpoint.config)
  const prefix = prefixOf(checkpoint.tensors)
  const named = modelTensors(checkpoint.tensors, prefix)
  const tensors = withTiedUnembedding(named, said?.isTied ?? false)
  const readings = possibleConfigs(file, tensors, said).map((told): Reading => {
    const config = checkConfig(runtimeConfig(told, layout ?? told.layout ?? likeliestLayout(name, told)))
    const classic = isNative(tensors) ? classicTensors(tensors, config.n_heads) : tensors
    const weights = checkWeights(file, config, sumTensors(classic, config.layout, told, config.n_ctx))
    return { config, weights, file: told }
  })
  const [first, ...alternatives] = readings as [Reading, ...Reading[]]
  const stored = { within: checkpoint.within, prefix, isNative: isNative(named) }
  return { ...first, weightsFile: file, stored, alternatives, notices: notice === null ? [] : [notice] }
}

function likeliestLayout(name: string, { n_ctx, d_vocab }: FileConfig): TaskLayout {
  const [likeliest] = candidateLayouts(n_ctx, d_vocab)
  if (likeliest) return likeliest
  throw new BadInput(
    `"${name}" has ${n_ctx} positions and ${d_vocab} tokens, but a sum needs 5 positions (14 for four digits) or more and 12 tokens; choose a model that adds.`,
  )
}

/** A single file holds the weights whatever it is called. */
function weightsFileOf(name: string, files: ReadonlyMap<string, Uint8Array>) {
  const others = [...files.keys()].filter((file) => file !== 'config.json')
  return others.length === 1 ? { file: others[0]!, notice: null } : weightsFileAmong(name, others)
}

function configSaid(
  file: string,
  configBytes: Uint8Array | undefined,
  kept: Readonly<Record<string, unknown>> | null,
): ReadConfig | null {
  if (configBytes) return readConfig('config.json', configBytes)
  return kept ? configOf(file, kept) : null
}
