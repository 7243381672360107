import { closest } from 'fastest-levenshtein'
import { BadInput } from '../../core/bad-input'
import { axis, tensorOver } from '../../core/axis'
import { tensor, type Tensor } from '../../core/tensor'
import type { Weights } from '../../model/weights'
import { defineAnalysis, type AnalysisResult } from '../analysis'
import { tensors } from '../parameters'

/**
 * What weight processing makes 0: each parameter, over the axis along which its mean then is. The first seven are the published
 * notebook's; the last three are what folding the LayerNorms centres.
 */
const centred = [
  ['W_U', 'd_model'],
  ['W_U', 'vocab'],
  ['W_O', 'd_model'],
  ['b_O', 'd_model'],
  ['W_E', 'd_model'],
  ['W_pos', 'd_model'],
  ['b_V', 'd_head'],
  ['W_Q', 'd_model'],
  ['W_K', 'd_model'],
  ['W_V', 'd_model'],
] as const

/** Beside what is always told, the parameters that were asked for, each under its own name. */
export type WeightsResult = AnalysisResult & {
  readonly names: readonly string[]
  readonly shapes: readonly string[]
  readonly 'ln_final.w': Tensor
  readonly 'ln_final.b': Tensor
  readonly zeroMeans: Tensor<readonly ['check']>
}

/**
 * The weights in use, after processing. `zeroMeans[check]` is the largest absolute mean over the axis that processing
 * centres, so every entry is 0 up to rounding if all four steps were on. ln_final is 1 and 0 once it is folded.
 */
export const weights = defineAnalysis({
  id: 'weights',
  question: 'What are the model’s parameters, and did weight processing centre them?',
  definition:
    'Parameters under TransformerLens’s names, after processing. zeroMeans: largest absolute mean over d_model of W_U, W_O, b_O, ' +
    'W_E, W_pos, W_Q, W_K and W_V, over the outputs of W_U, and over d_head of b_V; 0 where the weights are folded and centred.',
  about: 'weights',
  parameters: { tensors },
  async run({ model }, { tensors: wanted = ['W_U'] }): Promise<WeightsResult> {
    const { d_model } = model.config
    const names = [...model.weights.keys()]
    const finalNorm = (name: 'w' | 'b', folded: number) =>
      model.weights.get(`ln_final.${name}`) ?? tensor(['d_model'], [d_model], new Float64Array(d_model).fill(folded))
    const checks = centred.map(([name, along]) => `${name} over ${along}`)
    const means = centred.map(([name, along]) => largestMean(model.weights, name, along))
    const requested: AnalysisResult = Object.fromEntries(
      wanted.flatMap((name) => requestedTensors(model.weights, name)),
    )
    return {
      names,
      shapes: names.map((name) => model.weights.get(name)!.shape.join(' x ')),
      'ln_final.w': finalNorm('w', 1),
      'ln_final.b': finalNorm('b', 0),
      zeroMeans: tensorOver([axis('check', checks)], means),
      ...requested,
    }
  },
})

/** The largest absolute mean along an axis of every parameter called `name`, in whichever layer. */
function largestMean(parameters: Weights, name: string, along: string): number {
  const found = [...parameters].filter(([key]) => key.endsWith(`.${name}`))
  return Math.max(...found.map(([, values]) => largestMeanOf(values, values.dims.indexOf(along))))
}

function largestMeanOf({ shape, data }: Tensor, along: number): number {
  const extent = shape[along]!
  const stride = shape.slice(along + 1).reduce((product, other) => product * other, 1)
  let largest = 0
  for (let block = 0; block < data.length; block += extent * stride)
    for (let inner = 0; inner < stride; inner++) {
      let total = 0
      for (let index = 0; index < extent; index++) total += data[block + index * stride + inner]!
      largest = Math.max(largest, Math.abs(total / extent))
    }
  return largest
}

/** The parameters with this full key or, in every layer, this last part; the three without a layer go by their last part. */
function requestedTensors(parameters: Weights, name: string): [string, Tensor][] {
  const lastPart = (key: string) => key.slice(key.lastIndexOf('.') + 1)
  const found = [...parameters].filter(([key]) => key === name || lastPart(key) === name)
  if (found.length > 0) return found.map(([key, values]) => [key.startsWith('blocks.') ? key : lastPart(key), values])
  const nearest = closest(
    name,
    [...parameters.keys()].flatMap((key) => [key, lastPart(key)]),
  )
  throw new BadInput(`The model has no parameter "${name}": the nearest name is "${nearest}".`)
}
