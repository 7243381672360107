import { BadInput } from '../../core/bad-input'
import type { ModelConfig } from '../config'
import { type Parameter, parameterTensor, parametersOf } from '../parameters'
import type { Weights } from '../weights'
import type { StoredTensor, StoredTensors } from './stored-tensor'

/** Buffers that TransformerLens stores beside the parameters: the causal mask and its fill value. */
function isBuffer(name: string): boolean {
  return /^blocks\.\d+\.attn\.(mask|IGNORE)$/.test(name)
}

/**
 * The parameters of a model, from a file's tensors checked one by one. Throws BadInput naming the first tensor that is
 * missing, has another shape, is not part of the model, or holds a number that is not finite.
 */
export function checkWeights(file: string, config: ModelConfig, tensors: StoredTensors): Weights {
  const parameters = parametersOf(config)
  const weights = new Map(
    parameters.map((parameter) => {
      const stored = checkTensor(file, parameter, tensors.get(parameter.name))
      return [parameter.name, parameterTensor(config, parameter, stored.data)]
    }),
  )
  const extra = [...tensors.keys()].find((name) => !weights.has(name) && !isBuffer(name))
  if (extra !== undefined)
    throw new BadInput(
      `The file "${file}" has a tensor "${extra}" that an attention-only model of ${config.n_layers} layers has no place for; choose a model without it.`,
    )
  return weights
}

function checkTensor(file: string, { name, shape }: Parameter, stored: StoredTensor | undefined): StoredTensor {
  const wanted = `[${shape.join(', ')}]`
  if (!stored)
    throw new BadInput(`The file "${file}" has no tensor "${name}" of shape ${wanted}; choose a complete model.`)
  if (stored.shape.join() !== shape.join())
    throw new BadInput(
      `The tensor "${name}" in "${file}" has shape [${stored.shape.join(', ')}], but ${wanted} is wanted; check the model's configuration.`,
    )
  const bad = stored.data.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new BadInput(
      `The tensor "${name}" in "${file}" holds ${stored.data[bad]} at entry ${bad}, but weights must be finite; choose a checkpoint from before training failed.`,
    )
  return stored
}
