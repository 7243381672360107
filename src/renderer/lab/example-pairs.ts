import type { ResultOf } from '../../analyses/registry'
import { columnsOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { symbolOf } from '../../core/tokens'
import { outcomeOf, outcomeWords, pairDigits, type Outcome } from './pair-digits'

/**
 * Which pairs of many are looked at: those whose columns to the right of a digit are of two classes, where the carry differs; or
 * those in which a digit had one outcome, where the carry differs or is the same.
 */
export type PairChoice =
  | { readonly kind: 'class'; readonly digit: number; readonly own: string; readonly donor: string }
  | { readonly kind: 'outcome'; readonly digit: number; readonly group: string; readonly outcome: string }

/** A sum into which something was transplanted, and what became of it. */
export interface ExamplePair {
  readonly sum: Sum
  readonly donor: Sum
  /** The model's answer after the transplant, digit by digit. */
  readonly observed: readonly string[]
  /** What became of the digit that is looked at. */
  readonly outcome: Outcome
}

/** The pairs told one by one that a choice is about; those whose digit did not follow come first. */
export function chosenPairs(
  { operands, donorOperands, observed }: Partial<ResultOf<'transplant'>>,
  choice: PairChoice,
  layout: TaskLayout,
): readonly ExamplePair[] {
  if (!operands || !donorOperands || !observed) return []
  const { digit } = choice
  const { answerDigits } = layout
  const pairs = Array.from({ length: observed.data.length / answerDigits }, (_, pair): ExamplePair | null => {
    const sum = { a: operands.data[2 * pair]!, b: operands.data[2 * pair + 1]! }
    const donor = { a: donorOperands.data[2 * pair]!, b: donorOperands.data[2 * pair + 1]! }
    const digits = pairDigits(sum, donor, [], layout)
    const seen = Array.from(observed.data.subarray(pair * answerDigits, (pair + 1) * answerDigits))
    const outcome = outcomeOf(seen[digit]!, digits[digit]!)
    const differs = digits[digit]!.ownCarry !== digits[digit]!.donorCarry
    const belongs =
      choice.kind === 'class'
        ? differs &&
          classOf(sum, digit + 1, layout) === choice.own &&
          classOf(donor, digit + 1, layout) === choice.donor
        : differs === (choice.group === 'differ') && outcome === choice.outcome
    return belongs ? { sum, donor, observed: seen.map(symbolOf), outcome } : null
  })
  const found = pairs.filter((pair) => pair !== null)
  return [...found.filter(({ outcome }) => outcome !== 'moved'), ...found.filter(({ outcome }) => outcome === 'moved')]
}

function classOf(sum: Sum, column: number, layout: TaskLayout): string | undefined {
  return columnsOf(sum, layout).classes[column]
}

/** What they have in common, in words: `C1: column 2 is G in the sum and P in the donor`. */
export function choiceText(choice: PairChoice): string {
  const { digit } = choice
  if (choice.kind === 'class')
    return `C${digit}: column ${digit + 1} is ${choice.own} in the sum and ${choice.donor} in the donor`
  const word = outcomeWords[choice.outcome as Outcome]
  return `C${digit}: ${word}, where the carry ${choice.group === 'differ' ? 'differs' : 'is the same'}`
}
