import { BadInput } from '../../core/bad-input'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'

/** Every sum with at least `columns` columns of 9, where cascades run. Throws BadInput for more than four digits: too many. */
export function sumsWithNines(columns: number, layout: TaskLayout): Sum[] {
  const { operandDigits, largestFirstDigit } = layout
  if (operandDigits > 4)
    throw new BadInput(
      `There are too many sums of ${operandDigits} digits to list those with columns of 9; draw some with --sums.`,
    )
  // Column by column from the left: all pairs of digits that leave enough columns to come.
  let partial: (Sum & { nines: number })[] = [{ a: 0, b: 0, nines: 0 }]
  for (let column = 0; column < operandDigits; column++) {
    const digits = Array.from({ length: (column === 0 ? largestFirstDigit : 9) + 1 }, (_, digit) => digit)
    const pairs = digits.flatMap((a) => digits.map((b) => ({ a, b, nine: Number(a + b === 9) })))
    const needed = columns - (operandDigits - 1 - column)
    partial = partial.flatMap(({ a, b, nines }) =>
      pairs
        .filter(({ nine }) => nines + nine >= needed)
        .map((pair) => ({ a: 10 * a + pair.a, b: 10 * b + pair.b, nines: nines + pair.nine })),
    )
  }
  return partial.map(({ a, b }) => ({ a, b }))
}
