import * as fc from 'fast-check'
import type { Sum } from '../../src/core/sum'

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
