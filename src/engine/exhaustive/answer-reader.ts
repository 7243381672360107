import { answerPositions, digitPredictedAt, equalsPosition } from '../../core/positions'
import { indexOfLargest } from '../../core/softmax'
import type { Sum } from '../../core/sum'
import { formatAnswer } from '../../core/sum-text'
import { tensor } from '../../core/tensor'
import { symbolOf, tokensOf } from '../../core/tokens'
import type { WrongSum } from '../../model/exhaustive/evaluation'
import type { Model, Tokens } from '../../model/model'

/** Whether each digit is predicted after the right ones or after the model's own. */
export type Decoding = 'teacher-forced' | 'greedy'

const batch = 256

/** Reads off what a model answers when it goes on from its own digits. */
export class AnswerReader {
  constructor(private readonly model: Model) {}

  /** The sums with the model's own answers, and how many of these are wrong in each digit. */
  async decoded(sums: readonly WrongSum[]): Promise<{ wrongSums: WrongSum[]; wrongPerDigit: number[] }> {
    const { layout } = this.model.config
    const answers = await this.#read(sums)
    const right = sums.map((sum) => formatAnswer(sum, layout))
    return {
      wrongSums: sums.map((sum, index) => ({ ...sum, predicted: answers[index]! })),
      wrongPerDigit: Array.from({ length: layout.answerDigits }, (_, digit) => {
        return answers.filter((answer, index) => answer[digit] !== right[index]![digit]).length
      }),
    }
  }

  /** One symbol for each digit, most significant first. */
  async #read(sums: readonly Sum[]): Promise<string[]> {
    const answers: string[] = []
    for (let begin = 0; begin < sums.length; begin += batch) {
      const digits = await this.#decode(tokensOf(sums.slice(begin, begin + batch), this.model.config.layout))
      answers.push(...digits.map((tokensOfAnswer) => tokensOfAnswer.map(symbolOf).join('')))
    }
    return answers
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
    const { layout, d_vocab, n_ctx } = this.model.config
    const { data } = (await this.model.run(tokens, { outputs: ['logits'] })).get('logits')!
    const positions = answerPositions(layout)
    return Array.from({ length: tokens.shape[0]! }, (_, example) =>
      positions.map((position) => indexOfLargest(data, (example * n_ctx + position) * d_vocab, d_vocab)),
    )
  }
}
