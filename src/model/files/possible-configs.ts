import { BadInput } from '../../core/bad-input'
import { activationFunctions, type NormalizationType } from '../config'
import { inferConfig } from '../infer-config'
import type { ReadConfig } from './config-file'
import type { FileConfig } from './file-config'
import { classicTensors, isNative } from './native-names'
import type { StoredTensors } from './stored-tensor'

/**
 * Every configuration that a file of weights can be meant with, the likeliest first: one where `config.json` says all. Without a
 * normalization's weights a model may be folded or have no normalization; what its MLPs apply, and how many heads share the rows of a
 * native model's matrices is told nowhere in the file. Throws BadInput where no configuration fits.
 */
export function possibleConfigs(file: string, tensors: StoredTensors, said: ReadConfig | null): FileConfig[] {
  const bases = said
    ? [said.config]
    : headCounts(file, tensors).flatMap((heads) => withMlps(tensors, inferred(tensors, heads)))
  if (said?.saysNormalization) return bases
  return bases.flatMap((config) =>
    normalizationsOf(tensors).map((normalization_type) => ({ ...config, normalization_type })),
  )
}

function inferred(tensors: StoredTensors, heads: number): FileConfig {
  const classic = isNative(tensors) ? classicTensors(tensors, heads) : tensors
  return inferConfig(new Map([...classic].map(([name, { shape }]) => [name, shape])))
}

/** With every function that its MLPs, if it has any, may apply. */
function withMlps(tensors: StoredTensors, config: FileConfig): FileConfig[] {
  const d_mlp = tensors.get('blocks.0.mlp.b_in')?.shape[0] ?? tensors.get('blocks.0.mlp.in.bias')?.shape[0]
  return d_mlp === undefined ? [config] : activationFunctions.map((act_fn) => ({ ...config, d_mlp, act_fn }))
}

/** How many heads a native model may have. */
function headCounts(file: string, tensors: StoredTensors): number[] {
  if (!isNative(tensors)) return [1]
  const rows = tensors.get('blocks.0.attn.q.weight')?.shape[0]
  if (rows === undefined)
    throw new BadInput(`The file "${file}" has no tensor "blocks.0.attn.q.weight"; choose a complete model.`)
  const counts = Array.from({ length: 8 }, (_, index) => index + 1)
  return counts.filter((heads) => rows % heads === 0 && rows / heads <= 256)
}

/** The normalizations that these tensors can belong to. */
function normalizationsOf(tensors: StoredTensors): NormalizationType[] {
  const has = (part: string) =>
    tensors.has(`ln_final.${part}`) || tensors.has(`ln_final.${part === 'w' ? 'weight' : 'bias'}`)
  if (has('b')) return ['LN']
  return has('w') ? ['RMS'] : ['LNPre', null, 'RMSPre']
}
