import { BadInput } from '../core/bad-input'
import { loadModel } from '../engine/load-model'
import { systemReason } from '../files/system-reason'
import { checkWritable, writeWhole } from '../files/whole-file'
import { exportFormatOf, exportOnnx, exportSafetensors } from '../model/export-model'
import type { AddCommand } from './command'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'

interface Options {
  readonly model?: string
  readonly layout?: string
  readonly raw?: true
  readonly hooks?: string
}

const untouched = { centerWritingWeights: false, centerUnembed: false, foldLayerNorm: false, foldValueBiases: false }

/** `carryscope export <file>`: the model as ONNX or safetensors. */
export const addExport: AddCommand = (program, { terminal, installation }) => {
  program
    .command('export')
    .description('writes the model as .onnx, its outputs named by hook, or its weights as .safetensors')
    .argument('<file>', 'where to; the ending names the format')
    .option(...modelOption)
    .option(...layoutOption)
    .option('--raw', 'the weights as the file holds them, without processing')
    .option('--hooks <names>', 'for .onnx: the outputs, separated by commas (default: every hook, logits and dla)')
    .action(async (file: string, options: Options) => {
      const format = exportFormatOf(file)
      if (format === 'safetensors' && options.hooks !== undefined)
        throw new BadInput('Only an .onnx file has outputs to choose: leave --hooks out or export to .onnx.')
      attempt(file, () => {
        checkWritable(file)
      })
      const asked = { source: { path: modelPath(options.model, installation) }, ...layoutAsked(options.layout) }
      const { model } = await loadModel(options.raw ? { ...asked, processing: untouched } : asked)
      const bytes = format === 'onnx' ? exportOnnx(model, hooksOf(options.hooks)) : exportSafetensors(model)
      attempt(file, () => {
        writeWhole(file, bytes)
      })
      terminal.out(`Wrote "${model.name}" to ${file} (${Math.ceil(bytes.length / 1024)} KiB).\n`)
    })
}

/** The hooks that are named, each once. */
function hooksOf(names: string | undefined): string[] | undefined {
  return names === undefined ? undefined : [...new Set(names.split(',').map((name) => name.trim()))]
}

/** Throws BadInput where the file cannot be written. */
function attempt(file: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw new BadInput(`The file "${file}" cannot be written (${systemReason(error)}); choose another place.`)
  }
}
