import { alwaysKill, columnPatterns } from '../../core/column-patterns'
import type { TaskLayout } from '../../core/task-layout'
import type { Evaluation, PatternScore, WrongSum } from './evaluation'
import type { GroupScores } from './group-scores'
import { LossSums } from './loss-sums'
import { MarginCollector, binOf, histogramBins, medianOf } from './margins'
import { groupSize } from './sum-groups'

/** Adds up, sum by sum, what an evaluation reports. */
export class Tally {
  readonly #digits: number
  /** Columns that are not K in every sum. */
  readonly #free: number
  readonly #patterns: readonly string[]
  readonly #wrong: Float64Array
  /** Over all digits. */
  readonly #loss: LossSums
  readonly #marginMin: Float64Array
  /** [pattern, bin]. */
  readonly #histograms: Float64Array
  readonly #margins: MarginCollector
  readonly #lossPerDigit: LossSums
  readonly #wrongPerDigit: Float64Array

  constructor(layout: TaskLayout) {
    this.#digits = layout.answerDigits
    this.#free = layout.answerDigits - alwaysKill(layout)
    this.#patterns = columnPatterns(layout)
    const perPattern = () => new Float64Array(this.#patterns.length)
    this.#wrong = perPattern()
    this.#loss = new LossSums(this.#patterns.length)
    this.#marginMin = perPattern().fill(Infinity)
    this.#histograms = new Float64Array(this.#patterns.length * histogramBins)
    this.#margins = new MarginCollector(layout)
    this.#lossPerDigit = new LossSums(layout.answerDigits)
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
    const first = row * this.#digits
    const pattern = this.#patternIndex(a, b, this.#free)
    for (let digit = 0; digit < this.#digits; digit++) {
      this.#lossPerDigit.add(digit, losses[first + digit]!, 1)
      this.#loss.add(pattern, losses[first + digit]!, 1)
    }
    const weakest = this.#weakestDigit(margins, first)
    const smallest = numberOr(margins[first + weakest]!)
    this.#place(a, b, pattern, smallest)
    if (this.#margins.isListed(smallest))
      this.#margins.list({ a, b, digit: weakest, margin: smallest, runnerUp: runnerUp(first + weakest) })
    if (smallest <= 0) this.#countWrong(pattern, margins, first)
    return smallest
  }

  /** Adds the group of sums from a + b on, and returns whether any is wrong. `runnerUp` tells of an index of margins. */
  addGroup(a: number, b: number, group: GroupScores, runnerUp: (index: number) => number): boolean {
    const { smallest, losses, digitLosses, margins, stride } = group
    for (let digit = 0; digit < this.#digits; digit++)
      this.#lossPerDigit.add(digit, digitLosses[digit]!, digitLosses[stride + digit]!)
    const columns = 3 * this.#patternIndex(Math.floor(a / 10), Math.floor(b / 10), this.#free - 1)
    let isAnyWrong = false
    for (let sum = 0, column = (a % 10) + (b % 10); sum < groupSize; sum++, column++) {
      const pattern = columns + (column < 9 ? 0 : column === 9 ? 1 : 2)
      const margin = numberOr(smallest[sum]!)
      this.#loss.add(pattern, losses[2 * sum]!, losses[2 * sum + 1]!)
      this.#place(a, b + sum, pattern, margin)
      if (margin > 0 && !this.#margins.isListed(margin)) continue
      const first = sum * stride
      const weakest = this.#weakestDigit(margins, first)
      if (this.#margins.isListed(margin))
        this.#margins.list({ a, b: b + sum, digit: weakest, margin, runnerUp: runnerUp(first + weakest) })
      if (margin > 0) continue
      isAnyWrong = true
      this.#countWrong(pattern, margins, first)
    }
    return isAnyWrong
  }

  /** What was added so far. */
  evaluation(wrongSums: readonly WrongSum[], wrongPerDigit: ArrayLike<number> = this.#wrongPerDigit): Evaluation {
    const losses = this.#loss.sums().map((loss) => loss / this.#digits)
    const scores = this.#patterns.map((name, index) => ({ name, score: this.#patternScore(index, losses[index]!) }))
    const occurring = scores.filter(({ score }) => score.n > 0)
    const n = total(occurring.map(({ score }) => score.n))
    const wrong = total(this.#wrong)
    const histograms = occurring.map(({ score }) => score.marginHistogram)
    return {
      n,
      wrong,
      exactMatch: 1 - wrong / n,
      loss: total(losses) / n,
      lossPerDigit: this.#lossPerDigit.sums().map((loss) => loss / n),
      wrongPerDigit: Array.from(wrongPerDigit),
      smallestMargin: this.#marginMin.reduce((smallest, margin) => Math.min(smallest, margin), Infinity),
      patterns: Object.fromEntries(occurring.map(({ name, score }) => [name, score])),
      wrongSums,
      marginHistogram: Array.from({ length: histogramBins }, (_, bin) => total(histograms.map((each) => each[bin]!))),
      ...this.#margins.margins(),
    }
  }

  #patternScore(index: number, loss: number): PatternScore {
    const marginHistogram = Array.from(this.#histograms.subarray(index * histogramBins, (index + 1) * histogramBins))
    const n = total(marginHistogram)
    return {
      n,
      wrong: this.#wrong[index]!,
      loss: loss / n,
      marginMin: this.#marginMin[index]!,
      marginMedian: medianOf(marginHistogram),
      marginHistogram,
    }
  }

  #place(a: number, b: number, pattern: number, smallest: number): void {
    this.#histograms[pattern * histogramBins + binOf(smallest)]!++
    if (smallest < this.#marginMin[pattern]!) this.#marginMin[pattern] = smallest
    this.#margins.add(a, b, smallest)
  }

  #weakestDigit(margins: ArrayLike<number>, first: number): number {
    let weakest = 0
    for (let digit = 1; digit < this.#digits; digit++)
      if (numberOr(margins[first + digit]!) < numberOr(margins[first + weakest]!)) weakest = digit
    return weakest
  }

  #countWrong(pattern: number, margins: ArrayLike<number>, first: number): void {
    this.#wrong[pattern]!++
    for (let digit = 0; digit < this.#digits; digit++) if (!(margins[first + digit]! > 0)) this.#wrongPerDigit[digit]!++
  }

  /** Where `columnPatterns` has the pattern of the last `free` columns, as a number of base 3; all but those that are always K. */
  #patternIndex(a: number, b: number, free: number): number {
    let index = 0
    for (let column = 0, place = 1; column < free; column++, place *= 3) {
      const digitSum = (a % 10) + (b % 10)
      if (digitSum === 9) index += place
      else if (digitSum > 9) index += 2 * place
      a = Math.floor(a / 10)
      b = Math.floor(b / 10)
    }
    return index
  }
}

/** No number is not above 0 either: a model whose logits are not finite is wrong. */
function numberOr(margin: number): number {
  return Number.isNaN(margin) ? -Infinity : margin
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum
}
