import { answerPositions, digitPredictedAt, equalsPosition } from '../../core/positions'
import { indexOfLargest } from '../../core/softmax'
import { formatAnswer } from '../../core/sum-text'
import type { Sum } from '../../core/sum'
import { symbolTexts } from '../../core/task-layout'
import { tokensOf } from '../../core/tokens'
import { tensor } from '../../core/tensor'
import { type Evaluation, listedWrongSums } from '../../model/exhaustive/evaluation'
import type { Tally } from '../../model/exhaustive/tally'
import type { Model, Tokens } from '../../model/model'

/** Whether each digit is predicted after the right ones or after the model's own. */
export type Decoding = 'teacher-forced' | 'greedy'

/** A sum that was answered wrong, and by how much (see `WrongSum`). */
export interface Missed {
  readonly sum: Sum
  readonly margin: number
}

const batch = 256

/** Reads off what a model answers, digit by digit. */
export class AnswerReader {
  constructor(private readonly model: Model) {}

  /** A tally's evaluation, with what was answered to the missed sums: to all for greedy decoding, which counts by it, else to those listed. */
  async withAnswers(tally: Tally, missed: readonly Missed[], decoding: Decoding): Promise<Evaluation> {
    const read = decoding === 'greedy' ? missed : missed.slice(0, listedWrongSums)
    const sums = read.map(({ sum }) => sum)
    const answers = await this.read(sums, decoding)
    const wrongSums = read
      .slice(0, listedWrongSums)
      .map(({ sum, margin }, index) => ({ ...sum, predicted: answers[index]!, margin }))
    return decoding === 'greedy'
      ? tally.evaluation(wrongSums, this.#wrongPerDigit(sums, answers))
      : tally.evaluation(wrongSums)
  }

  /** The answers, one symbol for each digit, most significant first. */
  async read(sums: readonly Sum[], decoding: Decoding): Promise<string[]> {
    const answers: string[] = []
    for (let begin = 0; begin < sums.length; begin += batch) {
      const tokens = tokensOf(sums.slice(begin, begin + batch), this.model.config.layout)
      const digits = await (decoding === 'greedy' ? this.#decode(tokens) : this.#predict(tokens))
      answers.push(...digits.map((tokensOfAnswer) => tokensOfAnswer.map(symbolText).join('')))
    }
    return answers
  }

  /** How many answers are wrong in each digit. */
  #wrongPerDigit(sums: readonly Sum[], answers: readonly string[]): number[] {
    const { layout } = this.model.config
    const right = sums.map((sum) => formatAnswer(sum, layout))
    return Array.from({ length: layout.answerDigits }, (_, digit) => {
      return answers.filter((answer, index) => answer[digit] !== right[index]![digit]).length
    })
  }

  /** Replaces the answer's tokens one after the other by the model's own; returns the tokens of each digit. */
  async #decode(tokens: Tokens): Promise<number[][]> {
    const [examples, length] = tokens.shape as [number, number]
    const { layout } = this.model.config
    const written = tensor(tokens.dims, tokens.shape, Int32Array.from(tokens.data))
    let answers = await this.#predict(written)
    // The last position to predict has nobody after it who could read its answer.
    for (let position = equalsPosition(layout); position < length - 2; position++) {
      const digit = digitPredictedAt(position, layout)!
      for (let example = 0; example < examples; example++)
        written.data[example * length + position + 1] = answers[example]![digit]!
      answers = await this.#predict(written)
    }
    return answers
  }

  /** The most likely token of each digit, after the tokens that are written. */
  async #predict(tokens: Tokens): Promise<number[][]> {
    const { layout, d_vocab } = this.model.config
    const cache = await this.model.run(tokens, { outputs: ['logits'], positions: answerPositions(layout) })
    const { data } = cache.get('logits')!
    return Array.from({ length: tokens.shape[0]! }, (_, example) => {
      const row = (digit: number) => (example * layout.answerDigits + digit) * d_vocab
      return Array.from({ length: layout.answerDigits }, (_, digit) => indexOfLargest(data, row(digit), d_vocab))
    })
  }
}

/** One character for each token, so that digits can be told by their place. */
function symbolText(token: number): string {
  return symbolTexts[token] ?? '?'
}
