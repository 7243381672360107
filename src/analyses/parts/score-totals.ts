import type { AnswerScores } from './answer-scores'
import type { TaskLayout } from '../../core/task-layout'

/** Scores added up over any number of sums. Everything is NaN until there is one. */
export class ScoreTotals {
  #sums = 0
  #exact = 0
  #rightDigits = 0
  readonly #lossPerDigit: Float64Array

  constructor(layout: TaskLayout) {
    this.#lossPerDigit = new Float64Array(layout.answerDigits)
  }

  /** Adds one sum, the `example`-th of `scores`. */
  add({ losses, right }: AnswerScores, example: number): void {
    const digits = this.#lossPerDigit.length
    let rightDigits = 0
    for (let digit = 0; digit < digits; digit++) {
      this.#lossPerDigit[digit]! += losses[example * digits + digit]!
      rightDigits += right[example * digits + digit]!
    }
    this.#sums++
    this.#rightDigits += rightDigits
    this.#exact += rightDigits === digits ? 1 : 0
  }

  /** Adds every sum of `scores`. */
  addAll(scores: AnswerScores): void {
    const sums = scores.losses.length / this.#lossPerDigit.length
    for (let example = 0; example < sums; example++) this.add(scores, example)
  }

  get sums(): number {
    return this.#sums
  }

  /** Mean loss in nats, digit by digit. */
  get lossPerDigit(): Float64Array {
    return this.#lossPerDigit.map((total) => total / this.#sums)
  }

  /** Mean loss over sums and digits, in nats. */
  get loss(): number {
    return this.lossPerDigit.reduce((total, loss) => total + loss, 0) / this.#lossPerDigit.length
  }

  /** Share of the sums with every digit right. */
  get exactMatch(): number {
    return this.#exact / this.#sums
  }

  /** Share of the digits that are right. */
  get tokenAccuracy(): number {
    return this.#rightDigits / (this.#sums * this.#lossPerDigit.length)
  }
}
