import { digitsOf, symbolOf } from '../../core/tokens'
import { operandLimit, type TaskLayout } from '../../core/task-layout'
import { type Evaluation, inOrder, listedWrongSums, type WrongSum } from '../../model/exhaustive/evaluation'
import type { GroupScores } from '../../model/exhaustive/group-scores'
import { groupSize } from '../../model/exhaustive/sum-groups'
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
    if (margin <= 0) this.#list({ a, b, margin }, margins, row * this.layout.answerDigits, runnerUp)
  }

  /** Adds the group of sums from a + b on; see `Tally.addGroup`. */
  addGroup(a: number, b: number, group: GroupScores, runnerUp: (index: number) => number): void {
    if (!this.#tally.addGroup(a, b, group, runnerUp)) return
    const { smallest, margins, stride } = group
    for (let sum = 0; sum < groupSize; sum++) {
      const margin = Number.isNaN(smallest[sum]!) ? -Infinity : smallest[sum]!
      if (margin <= 0) this.#list({ a, b: b + sum, margin }, margins, sum * stride, runnerUp)
    }
  }

  /** Lists a wrong sum whose margins stand from index `first` on. */
  #list(
    { a, b, margin }: Pick<WrongSum, 'a' | 'b' | 'margin'>,
    margins: ArrayLike<number>,
    first: number,
    runnerUp: (index: number) => number,
  ): void {
    // Decoding counts by the answers to all of them.
    if (this.decoding === 'teacher-forced' && a * operandLimit(this.layout) + b >= this.unlistedFrom) return
    const predicted = digitsOf(a + b, this.layout.answerDigits).map((right, digit) => {
      const index = first + digit
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
