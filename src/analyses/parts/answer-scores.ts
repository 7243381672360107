import { indexOfLargest, logSumExp } from '../../core/softmax'
import type { Sum } from '../../core/sum'
import type { Tensor } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import { rowOfDigit } from './answer-row'

/** How the model did on each answer digit, row-major [example, digit]. */
export interface AnswerScores {
  /** Negative log-likelihood of the right digit over all outputs, in nats. */
  readonly losses: Float64Array
  /** 1 where the right digit is the most likely of the outputs. */
  readonly right: Uint8Array
  /** The most likely of the outputs. */
  readonly predicted: Uint16Array
}

/** Scores the logits [example, position, vocab] of these sums, given in the same order. */
export function answerScores(logits: Tensor, sums: readonly Sum[], config: ModelConfig): AnswerScores {
  const { layout, d_vocab } = config
  const { data, shape } = logits
  const rows = shape[1]!
  const losses = new Float64Array(sums.length * layout.answerDigits)
  const right = new Uint8Array(sums.length * layout.answerDigits)
  const predicted = new Uint16Array(sums.length * layout.answerDigits)
  sums.forEach((sum, example) => {
    // From the last digit to the first, without a list of them: a sweep scores every sum two dozen times.
    for (let digit = layout.answerDigits - 1, rest = sum.a + sum.b; digit >= 0; digit--, rest = Math.floor(rest / 10)) {
      const answer = rest % 10
      const offset = (example * rows + rowOfDigit(rows, digit, config)) * d_vocab
      const output = indexOfLargest(data, offset, d_vocab)
      const index = example * layout.answerDigits + digit
      losses[index] = logSumExp(data, offset, d_vocab, data[offset + output]) - data[offset + answer]!
      predicted[index] = output
      right[index] = output === answer ? 1 : 0
    }
  })
  return { losses, right, predicted }
}
