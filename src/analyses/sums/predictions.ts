import { axis, tensorOver } from '../../core/axis'
import { indexOfLargest, logSoftmax } from '../../core/softmax'
import type { Tensor } from '../../core/tensor'
import { answerDigitsOf } from '../../core/tokens'
import { vocabLabels } from '../../core/vocabulary'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofOneSum } from '../parameters'
import { rowOfDigit } from '../parts/answer-row'
import { digitAxis } from '../parts/axes'
import type { WeightedModel } from '../parts/logit-map'
import { runOneSum } from '../running/run-one-sum'
import { activation } from '../parts/stream-parts'

export type PerOutput = Tensor<readonly ['digit', 'vocab']>

/** What the model says about one sum. */
export interface Predictions {
  readonly logits: PerOutput
  /** Softmax over all outputs. */
  readonly probs: PerOutput
  /** Natural logarithms of the probabilities, from the logits: finite also where a probability is too small for a number. */
  readonly logProbs: PerOutput
  /** The most likely token for each answer digit. */
  readonly predicted: readonly number[]
}

/** The outputs to ask a run for. */
export const predictionHooks: readonly string[] = ['logits']

/** Reads the predictions of one row of a run. */
export function predictionsOf(
  run: ActivationCache,
  { config }: Pick<WeightedModel, 'config'>,
  example = 0,
): Predictions {
  const { layout, d_vocab } = config
  const output = activation(run, 'logits')
  const rows = output.shape[1]!
  const logits = new Float64Array(layout.answerDigits * d_vocab)
  const logProbs = new Float64Array(layout.answerDigits * d_vocab)
  const predicted: number[] = []
  for (let digit = 0; digit < layout.answerDigits; digit++) {
    const offset = (example * rows + rowOfDigit(rows, digit, config)) * d_vocab
    logits.set(output.data.subarray(offset, offset + d_vocab), digit * d_vocab)
    logProbs.set(logSoftmax(output.data, offset, d_vocab), digit * d_vocab)
    predicted.push(indexOfLargest(output.data, offset, d_vocab))
  }
  const axes = [digitAxis(layout), axis('vocab', vocabLabels(layout, d_vocab))] as const
  return {
    logits: tensorOver(axes, logits, 'logits'),
    probs: tensorOver(axes, logProbs.map(Math.exp), 'probability'),
    logProbs: tensorOver(axes, logProbs, 'nats'),
    predicted,
  }
}

export const predictions = defineAnalysis({
  id: 'predictions',
  question: 'What does the model answer to this sum, and how sure is it of each digit?',
  definition:
    'logits and their softmax over all outputs at the positions that predict C0 onwards, with its natural logarithm, in ' +
    'nats; predicted is the most likely token id, correct is 1 where it is the right digit.',
  about: 'sum',
  parameters: ofOneSum,
  async run({ model }, params) {
    const run = await runOneSum(model, params, predictionHooks)
    const { logits, probs, logProbs, predicted } = predictionsOf(run, model)
    const { layout } = model.config
    const answer = answerDigitsOf(params.sum, layout)
    const perDigit = (values: readonly number[]) => tensorOver([digitAxis(layout)], Int32Array.from(values))
    return {
      logits,
      probs,
      logProbs,
      predicted: perDigit(predicted),
      answer: perDigit(answer),
      correct: perDigit(predicted.map((token, digit) => (token === answer[digit] ? 1 : 0))),
    }
  },
})
