import { contextLength } from './positions'
import type { Sum } from './sum'
import { tensor, type Tensor } from './tensor'

/** Token ids: the digits stand for themselves. */
export const plus = 10
export const equals = 11

/** What each of the 12 outputs means, by token id. */
export const vocabLabels: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '=']

/** The ten outputs that are digits. */
export const logitLabels: readonly string[] = vocabLabels.slice(0, 10)

/** The digits of a number, most significant first, padded with zeros to numDigits. */
export function digitsOf(number: number, numDigits: number): number[] {
  const digits = new Array<number>(numDigits)
  let rest = number
  for (let index = numDigits - 1; index >= 0; index--) {
    digits[index] = rest % 10
    rest = Math.floor(rest / 10)
  }
  return digits
}

/** Token ids of a sum with its right answer, [position]. */
export function encodeSum(sum: Sum, numDigits: number): Int32Array {
  return Int32Array.of(
    ...digitsOf(sum.a, numDigits),
    plus,
    ...digitsOf(sum.b, numDigits),
    equals,
    ...digitsOf(sum.a + sum.b, numDigits),
  )
}

/** Token ids of many sums, int32. */
export function tokensOf(sums: readonly Sum[], numDigits: number): Tensor<readonly ['example', 'position']> {
  const length = contextLength(numDigits)
  const data = new Int32Array(sums.length * length)
  sums.forEach((sum, example) => data.set(encodeSum(sum, numDigits), example * length))
  return tensor(['example', 'position'], [sums.length, length], data)
}
