import { BadInput } from '../../core/bad-input'
import {
  columnSumsOf,
  movingDigit,
  predictedDigits,
  type ColumnSums,
  type ColumnVariable,
} from '../../core/column-hypothesis'
import { digitLabels } from '../../core/positions'
import { resamplePartners } from '../../core/resample'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'

/** Class of a column in the recipient, then in the donor. */
export const pairClasses = ['GK', 'GP', 'KG', 'KP', 'PG', 'PK', 'PP', 'GG', 'KK'] as const

/** Sums and, in the same order, those that they take something from. */
export interface SumPairs {
  readonly recipients: readonly Sum[]
  readonly donors: readonly Sum[]
}

/** Every sum with another one as its donor, each once: a seeded pairing. Throws BadInput for a single sum. */
export function pairedSums(sums: readonly Sum[], seed: number): SumPairs {
  if (sums.length < 2)
    throw new BadInput('A transplant needs a donor for every sum, but only one sum was chosen: choose more of them.')
  return { recipients: sums, donors: Array.from(resamplePartners(sums.length, seed), (index) => sums[index]!) }
}

/** What the arithmetic says of pairs, row-major [pair, digit]. */
export interface PairedDigits {
  readonly pairs: number
  /** The recipient's right digit. */
  readonly own: Uint8Array
  /** The recipient's digit with the donor's carry. */
  readonly moved: Uint8Array
  /** The donor's right digit. */
  readonly donor: Uint8Array
  /** The digit that the hypothesis predicts. */
  readonly predicted: Uint8Array
  /** 1 where the carry into the digit differs. */
  readonly differs: Uint8Array
  /** 1 where the digit should become the next one, -1 where the one before, 0 where neither. */
  readonly turns: Int8Array
  /** Index in `pairClasses` of the column to the right; 255 for the last digit, which has none. */
  readonly classes: Uint8Array
}

/** What a transplant is supposed to move. */
export interface Hypothesis {
  readonly moves: readonly ColumnVariable[]
  readonly binary?: boolean
}

export function pairedDigits(
  { recipients, donors }: SumPairs,
  layout: TaskLayout,
  hypothesis: Hypothesis,
): PairedDigits {
  const row = () => new Uint8Array(recipients.length * layout.answerDigits)
  const [own, moved, donor, predicted, differs, classes] = [row(), row(), row(), row(), row(), row()]
  const turns = new Int8Array(own.length)
  const isPredicted = digitLabels(layout.answerDigits).map(
    (_, digit) => movingDigit(hypothesis.moves, digit).length > 0,
  )
  recipients.forEach((recipient, pair) => {
    const [one, other] = [columnSumsOf(recipient, layout), columnSumsOf(donors[pair]!, layout)]
    if (hypothesis.moves.length > 0)
      predicted.set(predictedDigits(one, other, hypothesis.moves, hypothesis.binary), pair * layout.answerDigits)
    for (let digit = 0; digit < layout.answerDigits; digit++) {
      const index = pair * layout.answerDigits + digit
      const ownCarry = Number(one.columns.carryIn[digit])
      const otherCarry = Number(other.columns.carryIn[digit])
      own[index] = (one.sums[digit]! + ownCarry) % 10
      // Where nothing is supposed to move the answer stays.
      if (hypothesis.moves.length === 0) predicted[index] = own[index]
      moved[index] = (one.sums[digit]! + otherCarry) % 10
      donor[index] = (other.sums[digit]! + otherCarry) % 10
      differs[index] = ownCarry === otherCarry ? 0 : 1
      turns[index] = isPredicted[digit] ? stepTo(own[index], predicted[index]!) : otherCarry - ownCarry
      classes[index] = classIndex(one, other, digit + 1)
    }
  })
  return { pairs: recipients.length, own, moved, donor, predicted, differs, turns, classes }
}

/** 1 to the next digit, -1 to the one before, 0 to any other. */
function stepTo(from: number, to: number): number {
  const step = (to - from + 10) % 10
  return step === 1 ? 1 : step === 9 ? -1 : 0
}

function classIndex(one: ColumnSums, other: ColumnSums, column: number): number {
  if (column >= one.sums.length) return 255
  return pairClasses.findIndex((pair) => pair === one.columns.classes[column]! + other.columns.classes[column]!)
}
