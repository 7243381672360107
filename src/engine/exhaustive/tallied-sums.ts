import { digitsOf, symbolOf } from '../../core/tokens'
import { operandLimit, type TaskLayout } from '../../core/task-layout'
import { type Evaluation, inOrder, listedWrongSums, type WrongSum } from '../../model/exhaustive/evaluation'
import { Tally } from '../../model/exhaustive/tally'
import type { AnswerReader, Decoding } from './answer-reader'
import { everyWrongSum } from './chunk-evaluator'

/** Tallies sums, and lists those that are wrong with what is answered to them. */
export class TalliedSums {
  readonly #tally: Tally
  #wrong: WrongSum[] = []

  /** Wrong sums from `unlistedFrom` on, in order of a, then b, are counted but not listed. */
  constructor(
    private readonly layout: TaskLayout,
    private readonly decoding: Decoding,
    private readonly unlistedFrom = everyWrongSum,
  ) {
    this.#tally = new Tally(layout)
  }

  /** Adds a sum; see `Tally.add`. */
  add(
    a: number,
    b: number,
    losses: ArrayLike<number>,
    margins: ArrayLike<number>,
    row: number,
    runnerUp: (index: number) => number,
  ): void {
    const margin = this.#tally.add(a, b, losses, margins, row, runnerUp)
    if (margin > 0) return
    // Decoding counts by the answers to all of them.
    if (this.decoding === 'teacher-forced' && a * operandLimit(this.layout) + b >= this.unlistedFrom) return
    const { answerDigits } = this.layout
    const predicted = digitsOf(a + b, answerDigits).map((right, digit) => {
      const index = row * answerDigits + digit
      return symbolOf(margins[index]! > 0 ? right : runnerUp(index))
    })
    this.#wrong.push({ a, b, predicted: predicted.join(''), margin })
    if (this.decoding === 'teacher-forced' && this.#wrong.length >= 2 * listedWrongSums)
      this.#wrong = inOrder(this.#wrong)
  }

  /** What was added so far; the reader answers for models that decode greedily. */
  async evaluation(reader: () => AnswerReader): Promise<Evaluation> {
    if (this.decoding === 'teacher-forced') return this.#tally.evaluation(inOrder(this.#wrong))
    const { wrongSums, wrongPerDigit } = await reader().decoded(this.#wrong)
    return this.#tally.evaluation(inOrder(wrongSums), wrongPerDigit)
  }
}
