import { BadInput } from '../core/bad-input'
import type { TaskLayout } from '../core/task-layout'

/**
 * Answer digit by how many columns of the sum stand right of it: 1 is the tens, into which the units alone carry. Throws BadInput
 * where the sums of a model are too short to have it.
 */
export function digitWithColumns(right: number, { operandDigits, answerDigits }: TaskLayout): number {
  if (right > operandDigits - 1)
    throw new BadInput(
      `The sums of this model have ${operandDigits} columns, and this claim needs at least ${right + 1}: open a model of longer sums.`,
    )
  return answerDigits - 1 - right
}

/** The answer digits that a carry may come into, the most significant first. */
export function carriedDigits({ answerDigits }: TaskLayout): number[] {
  return Array.from({ length: answerDigits - 1 }, (_, digit) => digit)
}
