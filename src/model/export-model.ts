import { BadInput } from '../core/bad-input'
import { writeSafetensors } from './files/safetensors-writer'
import { buildModelGraph } from './graph/model-graph'
import { tokenOfId } from '../core/vocabulary'
import type { ModelConfig } from './config'
import { hooksOf } from './hooks'
import type { Model } from './model'

/** What a model can be written as, by the file's ending. */
const exportFormats = ['onnx', 'safetensors'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The format that a file name asks for. Throws BadInput for any other ending. */
export function exportFormatOf(file: string): ExportFormat {
  const format = exportFormats.find((ending) => file.toLowerCase().endsWith(`.${ending}`))
  if (format) return format
  throw new BadInput(`A model cannot be exported to "${file}": end the name in .onnx or .safetensors.`)
}

/** The model as a file of that format, everything in it. */
export function exportBytes(model: Pick<Model, 'config' | 'weights'>, format: ExportFormat): Uint8Array {
  return format === 'onnx' ? exportOnnx(model) : exportSafetensors(model)
}

/**
 * An ONNX file of the model: input `tokens` int32 [N, position], outputs under their hook names in float32, by default
 * every hook, `logits` and `dla`. The metadata entry `config` holds the configuration as JSON. Throws BadInput for an
 * output that the model does not have.
 */
export function exportOnnx(
  { config, weights }: Pick<Model, 'config' | 'weights'>,
  outputs?: readonly string[],
): Uint8Array {
  const everything = [...hooksOf(config).map((hook) => hook.name), 'dla']
  return buildModelGraph(withOwnIds(config), weights, { outputs: outputs ?? everything })
}

/** A safetensors file of the model's weights under TransformerLens's keys, in the precision they are held in. */
export function exportSafetensors({ config, weights }: Pick<Model, 'config' | 'weights'>): Uint8Array {
  return writeSafetensors(weights, { config: JSON.stringify(withOwnIds(config)) })
}

/** A configuration for weights whose vocabulary stands in the program's order, which is that of an exported file. */
function withOwnIds(config: ModelConfig): ModelConfig {
  const { layout } = config
  const symbols = layout.symbols.map((_, token) => token)
  return { ...config, layout: { ...layout, symbols, before: layout.before.map((id) => tokenOfId(id, layout)) } }
}
