import type { ModelConfig } from '../config'
import { groupSize, sumAt } from './sum-groups'

/**
 * How the right digits of some sums fare [sum, digit]: losses in nats, margins in logits (see `Evaluation`), most likely other
 * outputs.
 */
export interface AnswerScores {
  readonly losses: Float32Array
  readonly margins: Float32Array
  readonly runnersUp: Uint16Array
}

/** Room for this many groups. */
export function emptyScores(groups: number, { layout }: ModelConfig): AnswerScores {
  const length = groups * groupSize * layout.answerDigits
  return { losses: new Float32Array(length), margins: new Float32Array(length), runnersUp: new Uint16Array(length) }
}

/** Writes the scores of the groups from `first` on, whose log-probabilities [sum, digit, vocab] are given. */
export function readScores(
  first: number,
  logProbs: Float32Array,
  { layout, d_vocab }: ModelConfig,
  { losses, margins, runnersUp }: AnswerScores,
): void {
  const sums = logProbs.length / (layout.answerDigits * d_vocab)
  for (let sum = 0; sum < sums; sum++) {
    const { a, b } = sumAt(first * groupSize + sum, layout)
    let rest = a + b
    for (let digit = layout.answerDigits - 1; digit >= 0; digit--) {
      const index = sum * layout.answerDigits + digit
      const row = index * d_vocab
      const right = rest % 10
      rest = Math.floor(rest / 10)
      const runnerUp = runnerUpOf(logProbs, row, d_vocab, right)
      const highest = logProbs[row + runnerUp]!
      runnersUp[index] = runnerUp
      losses[index] = -logProbs[row + right]!
      margins[index] = logProbs[row + right]! - highest
    }
  }
}

/** The token of the highest value from `row` on but the right one; the first where none is a number. */
export function runnerUpOf(values: ArrayLike<number>, row: number, d_vocab: number, right: number): number {
  let highest = right === 0 ? 1 : 0
  for (let token = 0; token < d_vocab; token++)
    if (token !== right && values[row + token]! > values[row + highest]!) highest = token
  return highest
}
