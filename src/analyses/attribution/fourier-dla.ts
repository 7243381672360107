import { headLabel } from '../../core/heads'
import { matmul, matrix, transpose } from '../../core/matrix'
import { axis, tensorOver } from '../../core/axis'
import type { TensorData } from '../../core/tensor'
import { digitsOf } from '../../core/tokens'
import type { TaskLayout } from '../../core/task-layout'
import { defineAnalysis } from '../analysis'
import { ofOneSum, definition } from '../parameters'
import type { Attribution } from '../parts/attribution'
import { digitAxis } from '../parts/axes'
import { directLogitAttribution, dlaHooks } from './dla'
import { firstFrequency, type FirstFrequency } from '../parts/first-frequency'
import { logitCount, parameter, type WeightedModel } from '../parts/logit-map'
import { predictionsOf } from '../sums/predictions'
import { runOneSum } from '../running/run-one-sum'

/**
 * The answer as an angle. Each part's share of the ten digit logits is nearly a single wave over the digits, so it is an
 * arrow; the arrows of all parts add up to the prediction's, which should point where the right digit's column of W_U does.
 */
export const fourierDla = defineAnalysis({
  id: 'fourier-dla',
  question: 'Which way does each part push the answer around the clock of digits?',
  definition:
    'Frequency 1 (as torch.fft.rfft over the ten digits) of each part’s direct logit attribution, of their sum, and of the ' +
    'logits; correctPhase is that of the right digit’s row of W_U.T @ W_U, correctMagnitude the longest of the last layer’s heads, the ' +
    'sum and the prediction. Magnitudes in logits, phases in radians. The notebook’s sum is of those heads alone.',
  about: 'sum',
  parameters: { ...ofOneSum, definition },
  async run({ model }, params) {
    const { layout } = model.config
    const { definition = 'corrected', interventions = [], sum } = params
    const run = await runOneSum(model, params, dlaHooks(model, interventions))
    const shares = directLogitAttribution(run, model, { interventions, definition })
    const parts = firstFrequency(shares.data)
    const summed = definition === 'notebook' ? lastLayerOnly(shares, model) : shares.data
    const whole = firstFrequency(sumOfComponents(summed, layout))
    const prediction = firstFrequency(digitLogits(predictionsOf(run, model).logits.data, model))
    const answer = digitsOf(sum.a + sum.b, layout.answerDigits)
    const perDigit = [digitAxis(layout)] as const
    const perComponent = [axis('component', shares.labels.component!), ...perDigit] as const
    const lastHeads = firstFrequency(lastLayerOnly(shares, model)).magnitude
    const reaches = answer.map((_, digit) => longest(digit, [lastHeads, whole.magnitude, prediction.magnitude], layout))
    const gramPhase = gramFrequency(model).phase
    const rightPhases = answer.map((digit) => gramPhase[digit]!)
    return {
      magnitude: tensorOver(perComponent, parts.magnitude, 'logits'),
      phase: tensorOver(perComponent, parts.phase, 'radians'),
      sumMagnitude: tensorOver(perDigit, whole.magnitude, 'logits'),
      sumPhase: tensorOver(perDigit, whole.phase, 'radians'),
      predictionMagnitude: tensorOver(perDigit, prediction.magnitude, 'logits'),
      predictionPhase: tensorOver(perDigit, prediction.phase, 'radians'),
      correctMagnitude: tensorOver(perDigit, reaches, 'logits'),
      correctPhase: tensorOver(perDigit, rightPhases, 'radians'),
      definition,
    }
  },
})

/** Components added up: row-major [digit, logit]. */
function sumOfComponents(shares: ArrayLike<number>, layout: TaskLayout): Float64Array {
  const total = new Float64Array(layout.answerDigits * logitCount)
  for (let index = 0; index < shares.length; index++) total[index % total.length]! += shares[index]!
  return total
}

/** The rows of the last layer's heads, of an array [component, ..]. */
function lastLayerOnly({ labels, shape, data }: Attribution, { config }: WeightedModel): TensorData {
  const first = labels.component!.indexOf(headLabel(config.n_layers - 1, 0))
  const width = data.length / shape[0]!
  return data.subarray(first * width, (first + config.n_heads) * width)
}

/** The ten digits' logits of rows over the whole vocabulary. */
function digitLogits(logits: ArrayLike<number>, { config }: Pick<WeightedModel, 'config'>): number[] {
  return Array.from(logits).filter((_, index) => index % config.d_vocab < logitCount)
}

/** Of the Gram matrix of W_U's digit columns, row by row. */
function gramFrequency(model: WeightedModel): FirstFrequency {
  const { d_model } = model.config
  const columns = matrix(d_model, logitCount, digitLogits(parameter(model, 'unembed.W_U'), model))
  return firstFrequency(matmul(transpose(columns), columns).data)
}

/** The longest arrow at a digit, of all rows [.., digit]. */
function longest(digit: number, lengths: readonly Float64Array[], layout: TaskLayout): number {
  return Math.max(...lengths.flatMap((rows) => [...rows.filter((_, index) => index % layout.answerDigits === digit)]))
}
