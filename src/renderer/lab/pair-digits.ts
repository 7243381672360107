import { columnSumsOf, predictedDigits } from '../../core/column-hypothesis'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import type { RunView } from '../../contract/contract'

/** What became of a digit, the first that fits: still its own, with the donor's carry, the donor's digit, or none of these. */
export const outcomes = ['own', 'moved', 'donor', 'other'] as const
export type Outcome = (typeof outcomes)[number]

/** How an outcome is written, and marked where colour alone would tell. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  own: 'own',
  moved: '⇄ moved',
  donor: 'donor',
  other: '✕ other',
}

/** What the arithmetic says of one digit of a recipient and a donor. */
export interface PairDigit {
  readonly digit: number
  /** The recipient's right digit. */
  readonly own: number
  /** The recipient's digit with the donor's carry. */
  readonly moved: number
  /** The donor's right digit. */
  readonly donor: number
  readonly predicted: number
  /** How the predicted digit comes about where it is another than the recipient's own: `9+6+1`; else empty. */
  readonly addition: string
  readonly ownCarry: boolean
  readonly donorCarry: boolean
}

/** What the model answered to one digit after the transplant. */
export interface ObservedDigit {
  /** `8`, or `+`. */
  readonly text: string
  readonly probability: number
  readonly outcome: Outcome
}

/** The digits of a pair, where the prediction lets the carry move in some of them and changes nothing else. */
export function pairDigits(
  sum: Sum,
  donorSum: Sum,
  moves: readonly number[],
  layout: TaskLayout,
): readonly PairDigit[] {
  const [one, other] = [columnSumsOf(sum, layout), columnSumsOf(donorSum, layout)]
  const predicted = predictedDigits(
    one,
    other,
    moves.map((column) => ({ kind: 'carry', column })),
  )
  return one.sums.map((added, digit) => {
    const [ownCarry, donorCarry] = [one.columns.carryIn[digit]!, other.columns.carryIn[digit]!]
    const own = (added + Number(ownCarry)) % 10
    return {
      digit,
      own,
      moved: (added + Number(donorCarry)) % 10,
      donor: (other.sums[digit]! + Number(donorCarry)) % 10,
      predicted: predicted[digit]!,
      addition: predicted[digit] === own ? '' : additionText(sum, digit, donorCarry, layout),
      ownCarry,
      donorCarry,
    }
  })
}

/** What a run says of the digits of a pair. */
export function observedDigits(
  run: Pick<RunView, 'probs' | 'predicted'>,
  digits: readonly PairDigit[],
): readonly ObservedDigit[] {
  const vocab = run.probs.shape[1]!
  return digits.map((pair) => {
    const seen = run.predicted[pair.digit]!
    return {
      text: run.probs.labels.vocab![seen]!,
      probability: run.probs.data[pair.digit * vocab + seen]!,
      outcome: outcomeOf(seen, pair),
    }
  })
}

/** The first outcome that fits a digit; `+` and `=` fit none but `other`. */
export function outcomeOf(seen: number, { own, moved, donor }: PairDigit): Outcome {
  if (seen === own) return 'own'
  if (seen === moved) return 'moved'
  return seen === donor ? 'donor' : 'other'
}

/** `9+6+1`; where the operands have no digit, the carry alone. */
function additionText(
  { a, b }: Sum,
  digit: number,
  carry: boolean,
  { answerDigits, operandDigits }: TaskLayout,
): string {
  if (digit < answerDigits - operandDigits) return carry ? '0+1' : '0'
  const place = 10 ** (answerDigits - 1 - digit)
  const [first, second] = [a, b].map((operand) => Math.floor(operand / place) % 10)
  return `${first}+${second}${carry ? '+1' : ''}`
}
