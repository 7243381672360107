import * as fc from 'fast-check'
import type { Sum } from '../../src/core/sum'
import { answerOrders, type TaskLayout } from '../../src/core/task-layout'

export { fc }

/** Any sum that the task of this many digits has. */
export function sumOf(numDigits: number): fc.Arbitrary<Sum> {
  const operand = fc.nat(10 ** numDigits / 2 - 1)
  return fc.record({ a: operand, b: operand })
}

/** A number of digits that the task allows, and a sum of it. */
export const anySum: fc.Arbitrary<{ numDigits: number; sum: Sum }> = fc
  .integer({ min: 2, max: 6 })
  .chain((numDigits) => sumOf(numDigits).map((sum) => ({ numDigits, sum })))

/** Layouts of every kind, within a vocabulary of 16 tokens. */
export const anyLayout: fc.Arbitrary<TaskLayout> = fc
  .record({
    operandDigits: fc.integer({ min: 1, max: 8 }),
    more: fc.nat(1),
    answerOrder: fc.constantFrom(...answerOrders),
    largestFirstDigit: fc.constantFrom(4 as const, 9 as const),
    ids: fc.shuffledSubarray(
      Array.from({ length: 16 }, (_, id) => id),
      { minLength: 12, maxLength: 16 },
    ),
  })
  .map(({ operandDigits, more, ids, ...rest }) => ({
    ...rest,
    operandDigits,
    answerDigits: operandDigits + more,
    symbols: ids.slice(0, 12),
    before: ids.slice(12),
  }))
