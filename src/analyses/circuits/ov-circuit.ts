import { axis, numberedAxis, tensorOver, type Axis } from '../../core/axis'
import { BadInput } from '../../core/bad-input'
import { pairLabels, pairSums } from '../../core/digit-pairs'
import { realFourier } from '../../core/fourier'
import { layerHeadLabels } from '../../core/heads'
import { matmul, matrix, type Matrix } from '../../core/matrix'
import type { Tensor } from '../../core/tensor'
import { logitLabels } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { tensors } from '../parameters'
import { logitCount, parameter, type WeightedModel } from '../parts/logit-map'

type OvTensor<Input extends string, Last extends string> = Tensor<readonly ['head0', 'head1', Input, Last]>

interface OvTensors {
  readonly embeddings: OvTensor<'digitIn', 'logit'>
  readonly embeddingsFftMagnitude: OvTensor<'digitIn', 'freq'>
  readonly embeddingsFftPhase: OvTensor<'digitIn', 'freq'>
  readonly summed: OvTensor<'pair', 'logit'>
  readonly summedFftMagnitude: OvTensor<'pair', 'freq'>
  readonly summedFftPhase: OvTensor<'pair', 'freq'>
}

/** Those tensors that were asked for. */
export type OvCircuitResult = { readonly [Name in keyof OvTensors]?: OvTensors[Name] }

/**
 * What a digit's embedding becomes if a head of the first layer moves it, one of the last layer moves that, and it is read:
 * the weights alone, without any LayerNorm. Sums of two digits are sums of their rows, since every step is linear.
 */
export const ovCircuit = defineAnalysis({
  id: 'ov-circuit',
  question: 'What does a digit do to the logits after being moved by two heads?',
  definition:
    'W_E[digit] @ W_V @ W_O of a first-layer head @ W_V @ W_O of a last-layer head @ W_U, without LayerNorm; summed: the rows ' +
    'of two digits added (row 10 i + j); and their Fourier transforms over the ten logits (as torch.fft.rfft).',
  about: 'weights',
  parameters: { tensors },
  async run({ model }, params): Promise<OvCircuitResult> {
    const { n_layers, n_heads } = model.config
    if (n_layers < 2)
      throw new BadInput(
        'This model has one layer, so no head reads what another wrote: open one with two layers or more.',
      )
    const digits = firstRows(parameter(model, 'embed.W_E'), logitCount, model.config.d_model)
    const W_U = matrix(model.config.d_model, model.config.d_vocab, parameter(model, 'unembed.W_U'))
    const heads = Array.from({ length: n_heads }, (_, head) => head)
    const moved = heads.map((head) => matmul(digits, headMatrix(model, 0, head)))
    const read = heads.map((head) => matmul(headMatrix(model, n_layers - 1, head), W_U))
    const perPair = moved.flatMap((source) => read.map((target) => digitOutputs(matmul(source, target))))
    const embeddings = Float64Array.from(perPair.flatMap((rows) => [...rows]))
    const summed = Float64Array.from(perPair.flatMap((rows) => [...pairSums(rows)]))
    const heads0 = axis('head0', layerHeadLabels(0, n_heads))
    const heads1 = axis('head1', layerHeadLabels(n_layers - 1, n_heads))
    const circuit = <Input extends string>(input: Axis<Input>, data: Float64Array) => {
      const { magnitude, phase, frequencies } = realFourier(data, logitCount)
      const freq = numberedAxis('freq', frequencies)
      return {
        logits: tensorOver([heads0, heads1, input, axis('logit', logitLabels)], data),
        magnitude: tensorOver([heads0, heads1, input, freq], magnitude),
        phase: tensorOver([heads0, heads1, input, freq], phase, 'radians'),
      }
    }
    const single = circuit(axis('digitIn', logitLabels), embeddings)
    const pairs = circuit(axis('pair', pairLabels), summed)
    const whole = {
      embeddings: single.logits,
      embeddingsFftMagnitude: single.magnitude,
      embeddingsFftPhase: single.phase,
      summed: pairs.logits,
      summedFftMagnitude: pairs.magnitude,
      summedFftPhase: pairs.phase,
    }
    return params.tensors ? chosenTensors(whole, params.tensors) : whole
  },
})

/** Pairs of heads are many where a layer has many heads, so that a window asks for what it draws. */
function chosenTensors(whole: OvTensors, names: readonly string[]): OvCircuitResult {
  const unknown = names.find((name) => !(name in whole))
  if (unknown !== undefined)
    throw new BadInput(`The OV circuit has no tensor "${unknown}": choose among ${Object.keys(whole).join(', ')}.`)
  return Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name)))
}

/** W_V @ W_O of a head, [d_model, d_model]. */
function headMatrix(model: WeightedModel, layer: number, head: number): Matrix {
  const { d_model, d_head } = model.config
  const block = (name: string, rows: number, columns: number) => {
    const data = Array.from(parameter(model, `blocks.${layer}.attn.${name}`))
    return matrix(rows, columns, data.slice(head * rows * columns, (head + 1) * rows * columns))
  }
  return matmul(block('W_V', d_model, d_head), block('W_O', d_head, d_model))
}

function firstRows(data: ArrayLike<number>, rows: number, columns: number): Matrix {
  return matrix(rows, columns, Array.from(data).slice(0, rows * columns))
}

/** The outputs that are digits, of each row. */
function digitOutputs({ columns, data }: Matrix): Float64Array {
  return data.filter((_, index) => index % columns < logitCount)
}
