import { BadInput } from '../../core/bad-input'
import type { ModelConfig } from '../config'
import { type Parameter, parameterTensor, parametersOf } from '../parameters'
import type { Weights } from '../weights'
import { type StoredTensor, type StoredTensors, sizeOf } from './stored-tensor'

/** How many numbers a model may hold: 64 MiB in single precision, some five hundred times the published model. */
const largestModel = 2 ** 24

/**
 * The parameters of a model, from a file's tensors checked one by one, before any of them is decoded. Throws BadInput naming the
 * first tensor that is missing, has another shape, is not part of the model, or holds a number that is not finite.
 */
export function checkWeights(file: string, config: ModelConfig, tensors: StoredTensors): Weights {
  const parameters = parametersOf(config)
  checkSize(file, parameters)
  const stored = parameters.map((parameter) => checkShape(file, parameter, tensors.get(parameter.name)))
  const names = new Set(parameters.map(({ name }) => name))
  const extra = [...tensors.keys()].find((name) => !names.has(name))
  if (extra !== undefined)
    throw new BadInput(
      `The file "${file}" has a tensor "${shortened(extra)}" that ${describedModel(config)} has no place for; choose a model without it.`,
    )
  return new Map(
    parameters.map((parameter, index) => [
      parameter.name,
      parameterTensor(config, parameter, finiteNumbers(file, parameter.name, stored[index]!)),
    ]),
  )
}

function checkSize(file: string, parameters: readonly Parameter[]): void {
  const size = parameters.reduce((total, { shape }) => total + sizeOf(shape), 0)
  if (size > largestModel)
    throw new BadInput(
      `The model in "${file}" would hold ${size.toLocaleString('en')} numbers, but at most ${largestModel.toLocaleString('en')} are opened here; choose a smaller model.`,
    )
}

function checkShape(file: string, { name, shape }: Parameter, stored: StoredTensor | undefined): StoredTensor {
  const wanted = `[${shape.join(', ')}]`
  if (!stored)
    throw new BadInput(`The file "${file}" has no tensor "${name}" of shape ${wanted}; choose a complete model.`)
  if (stored.shape.join() !== shape.join())
    throw new BadInput(
      `The tensor "${name}" in "${file}" has shape [${shortened(stored.shape.join(', '))}], but ${wanted} is wanted; check the model's configuration.`,
    )
  return stored
}

function finiteNumbers(file: string, name: string, stored: StoredTensor): Float32Array | Float64Array {
  const data = stored.read()
  const bad = data.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new BadInput(
      `The tensor "${name}" in "${file}" holds ${data[bad]} at entry ${bad}, but weights must be finite; choose a checkpoint from before training failed.`,
    )
  return data
}

function describedModel({ n_layers, d_mlp }: ModelConfig): string {
  return d_mlp === undefined
    ? `an attention-only model of ${n_layers} layers`
    : `a model of ${n_layers} layers with MLPs`
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
