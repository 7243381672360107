import type { ModelConfig } from '../config'
import { groupSize, sumAt } from './sum-groups'

/** How the right digits of some sums fare [sum, digit]: losses in nats, margins in logits (see `Evaluation`). */
export interface AnswerScores {
  readonly losses: Float32Array
  readonly margins: Float32Array
}

/** Room for this many groups. */
export function emptyScores(groups: number, { numDigits }: ModelConfig): AnswerScores {
  const length = groups * groupSize * numDigits
  return { losses: new Float32Array(length), margins: new Float32Array(length) }
}

/** Writes the scores of the groups from `first` on, whose log-probabilities [sum, digit, vocab] are given. */
export function readScores(
  first: number,
  logProbs: Float32Array,
  { numDigits, d_vocab }: ModelConfig,
  { losses, margins }: AnswerScores,
): void {
  const sums = logProbs.length / (numDigits * d_vocab)
  for (let sum = 0; sum < sums; sum++) {
    const { a, b } = sumAt(first * groupSize + sum, numDigits)
    let rest = a + b
    for (let digit = numDigits - 1; digit >= 0; digit--) {
      const index = sum * numDigits + digit
      const row = index * d_vocab
      const right = rest % 10
      rest = Math.floor(rest / 10)
      let highest = -Infinity
      for (let token = 0; token < right; token++) highest = Math.max(highest, logProbs[row + token]!)
      for (let token = right + 1; token < d_vocab; token++) highest = Math.max(highest, logProbs[row + token]!)
      losses[index] = -logProbs[row + right]!
      margins[index] = logProbs[row + right]! - highest
    }
  }
}
