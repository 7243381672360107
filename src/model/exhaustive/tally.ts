import { alwaysKill, columnPatterns } from '../../core/column-patterns'
import type { TaskLayout } from '../../core/task-layout'
import type { Evaluation, PatternScore, WrongSum } from './evaluation'
import { MarginCollector, binOf, histogramBins, medianOf } from './margins'

/** Adds up, sum by sum, what an evaluation reports. */
export class Tally {
  readonly #digits: number
  /** Columns that are not K in every sum. */
  readonly #free: number
  readonly #patterns: readonly string[]
  readonly #n: Float64Array
  readonly #wrong: Float64Array
  readonly #loss: Float64Array
  readonly #marginMin: Float64Array
  /** [pattern, bin]. */
  readonly #histograms: Float64Array
  readonly #margins: MarginCollector
  readonly #lossPerDigit: Float64Array
  readonly #wrongPerDigit: Float64Array

  constructor(layout: TaskLayout) {
    this.#digits = layout.answerDigits
    this.#free = layout.answerDigits - alwaysKill(layout)
    this.#patterns = columnPatterns(layout)
    const perPattern = () => new Float64Array(this.#patterns.length)
    this.#n = perPattern()
    this.#wrong = perPattern()
    this.#loss = perPattern()
    this.#marginMin = perPattern().fill(Infinity)
    this.#histograms = new Float64Array(this.#patterns.length * histogramBins)
    this.#margins = new MarginCollector(layout)
    this.#lossPerDigit = new Float64Array(layout.answerDigits)
    this.#wrongPerDigit = new Float64Array(layout.answerDigits)
  }

  /**
   * Adds the sum whose losses (nats) and margins (logits) stand in row `row` of [sum, digit], and returns its smallest margin.
   * `runnerUp` tells of an index of [sum, digit] the most likely output but the right one.
   */
  add(
    a: number,
    b: number,
    losses: ArrayLike<number>,
    margins: ArrayLike<number>,
    row: number,
    runnerUp: (index: number) => number,
  ): number {
    const pattern = this.#patternIndex(a, b)
    let smallest = Infinity
    let weakest = 0
    for (let digit = 0, index = row * this.#digits; digit < this.#digits; digit++, index++) {
      this.#lossPerDigit[digit]! += losses[index]!
      this.#loss[pattern]! += losses[index]! / this.#digits
      // NaN is not above 0 either: a model whose logits are not finite is wrong.
      const margin = Number.isNaN(margins[index]!) ? -Infinity : margins[index]!
      if (margin <= 0) this.#wrongPerDigit[digit]!++
      if (margin < smallest) {
        smallest = margin
        weakest = digit
      }
    }
    this.#n[pattern]!++
    if (smallest <= 0) this.#wrong[pattern]!++
    if (smallest < this.#marginMin[pattern]!) this.#marginMin[pattern] = smallest
    this.#histograms[pattern * histogramBins + binOf(smallest)]!++
    this.#margins.add(a, b, weakest, smallest, runnerUp, row * this.#digits + weakest)
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
      smallestMargin: this.#marginMin.reduce((smallest, margin) => Math.min(smallest, margin), Infinity),
      patterns: Object.fromEntries(occurring.map(({ name, index }) => [name, this.#patternScore(index)])),
      wrongSums,
      ...this.#margins.margins(),
    }
  }

  #patternScore(index: number): PatternScore {
    const marginHistogram = Array.from(this.#histograms.subarray(index * histogramBins, (index + 1) * histogramBins))
    return {
      n: this.#n[index]!,
      wrong: this.#wrong[index]!,
      loss: this.#loss[index]! / this.#n[index]!,
      marginMin: this.#marginMin[index]!,
      marginMedian: medianOf(marginHistogram),
      marginHistogram,
    }
  }

  /** Where `columnPatterns` has the sum's pattern: its columns but those that are always K, as a number of base 3. */
  #patternIndex(a: number, b: number): number {
    let index = 0
    for (let column = 0, place = 1; column < this.#free; column++, place *= 3) {
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
