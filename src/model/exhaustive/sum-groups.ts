import { contextLength } from '../../core/positions'
import { operandLimit } from '../../core/sum-text'
import { equals, plus } from '../../core/tokens'
import { tensor } from '../../core/tensor'
import type { Tokens } from '../model'

/**
 * Every sum there is, in order of a, then b, cut into groups of the ten sums that differ in the last digit of b only. The
 * first 2 * numDigits tokens (all of a, +, and b but for its last digit) are the same within a group, so whatever a causal model
 * computes there is shared by ten sums.
 */
export const groupSize = 10

/** How many groups there are: 2,500,000 of four digits. */
export function groupCount(numDigits: number): number {
  return operandLimit(numDigits) ** 2 / groupSize
}

/** Operands of sum number `index` of all. */
export function sumAt(index: number, numDigits: number): { a: number; b: number } {
  const limit = operandLimit(numDigits)
  return { a: Math.floor(index / limit), b: index % limit }
}

/** Token ids of the sums of `count` groups from `first` on, with their right answers. */
export function groupTokens(first: number, count: number, numDigits: number): Tokens {
  const length = contextLength(numDigits)
  const data = new Int32Array(count * groupSize * length)
  for (let row = 0; row < count * groupSize; row++) {
    const { a, b } = sumAt(first * groupSize + row, numDigits)
    const offset = row * length
    writeDigits(data, offset, a, numDigits)
    data[offset + numDigits] = plus
    writeDigits(data, offset + numDigits + 1, b, numDigits)
    data[offset + 2 * numDigits + 1] = equals
    writeDigits(data, offset + 2 * numDigits + 2, a + b, numDigits)
  }
  return tensor(['example', 'position'], [count * groupSize, length], data)
}

/** The most significant digit first. */
function writeDigits(data: Int32Array, offset: number, number: number, numDigits: number): void {
  let rest = number
  for (let index = offset + numDigits - 1; index >= offset; index--) {
    data[index] = rest % 10
    rest = Math.floor(rest / 10)
  }
}
