import { columnPatterns } from '../../core/column-patterns'
import type { Evaluation, WrongSum } from './evaluation'

/** Adds up, sum by sum, what an evaluation reports. */
export class Tally {
  readonly #numDigits: number
  readonly #patterns: readonly string[]
  readonly #n: Float64Array
  readonly #wrong: Float64Array
  readonly #loss: Float64Array
  readonly #smallestMargin: Float64Array
  readonly #lossPerDigit: Float64Array
  readonly #wrongPerDigit: Float64Array

  constructor(numDigits: number) {
    this.#numDigits = numDigits
    this.#patterns = columnPatterns(numDigits)
    const perPattern = () => new Float64Array(this.#patterns.length)
    this.#n = perPattern()
    this.#wrong = perPattern()
    this.#loss = perPattern()
    this.#smallestMargin = perPattern().fill(Infinity)
    this.#lossPerDigit = new Float64Array(numDigits)
    this.#wrongPerDigit = new Float64Array(numDigits)
  }

  /** Adds the sum whose losses (nats) and margins (logits) stand in row `row` of [sum, digit], and returns its smallest margin. */
  add(a: number, b: number, losses: ArrayLike<number>, margins: ArrayLike<number>, row: number): number {
    const pattern = this.#patternIndex(a, b)
    let smallest = Infinity
    for (let digit = 0, index = row * this.#numDigits; digit < this.#numDigits; digit++, index++) {
      this.#lossPerDigit[digit]! += losses[index]!
      this.#loss[pattern]! += losses[index]! / this.#numDigits
      // NaN is not above 0 either: a model whose logits are not finite is wrong.
      const margin = Number.isNaN(margins[index]!) ? -Infinity : margins[index]!
      if (margin <= 0) this.#wrongPerDigit[digit]!++
      if (margin < smallest) smallest = margin
    }
    this.#n[pattern]!++
    if (smallest <= 0) this.#wrong[pattern]!++
    if (smallest < this.#smallestMargin[pattern]!) this.#smallestMargin[pattern] = smallest
    return smallest
  }

  /** What was added so far. */
  evaluation(wrongSums: readonly WrongSum[], wrongPerDigit: ArrayLike<number> = this.#wrongPerDigit): Evaluation {
    const n = total(this.#n)
    const wrong = total(this.#wrong)
    const occurring = this.#patterns.flatMap((name, index) => (this.#n[index]! > 0 ? [{ name, index }] : []))
    return {
      n,
      wrong,
      exactMatch: 1 - wrong / n,
      loss: total(this.#loss) / n,
      lossPerDigit: Array.from(this.#lossPerDigit, (loss) => loss / n),
      wrongPerDigit: Array.from(wrongPerDigit),
      smallestMargin: this.#smallestMargin.reduce((smallest, margin) => Math.min(smallest, margin), Infinity),
      patterns: Object.fromEntries(
        occurring.map(({ name, index }) => [
          name,
          {
            n: this.#n[index]!,
            wrong: this.#wrong[index]!,
            loss: this.#loss[index]! / this.#n[index]!,
            smallestMargin: this.#smallestMargin[index]!,
          },
        ]),
      ),
      wrongSums,
    }
  }

  /** Where `columnPatterns` has the sum's pattern: its columns but the first, which is always K, as a number of base 3. */
  #patternIndex(a: number, b: number): number {
    let index = 0
    for (let column = 1, place = 1; column < this.#numDigits; column++, place *= 3) {
      const digitSum = (a % 10) + (b % 10)
      if (digitSum === 9) index += place
      else if (digitSum > 9) index += 2 * place
      a = Math.floor(a / 10)
      b = Math.floor(b / 10)
    }
    return index
  }
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
