import type { Sum } from './sum'
import { contextLength, symbolTexts, type TaskLayout } from './task-layout'
import { tensor, type Tensor } from './tensor'
import { tokenOfId } from './vocabulary'

/** Tokens: the digits stand for themselves. */
export const plus = 10
export const equals = 11

/** The ten outputs that are digits. */
export const logitLabels: readonly string[] = symbolTexts.slice(0, 10)

/** The digits of a number, most significant first, padded with zeros to `count`; of a longer number the last ones. */
export function digitsOf(number: number, count: number): number[] {
  const digits = new Array<number>(count)
  let rest = number
  for (let index = count - 1; index >= 0; index--) {
    digits[index] = rest % 10
    rest = Math.floor(rest / 10)
  }
  return digits
}

/** The right answer's digits, C0 first. */
export function answerDigitsOf(sum: Sum, { answerDigits }: TaskLayout): number[] {
  return digitsOf(sum.a + sum.b, answerDigits)
}

/** One character for each token, so that digits can be told by their place; ? for one that is no symbol. */
export function symbolOf(token: number): string {
  return symbolTexts[token] ?? '?'
}

/** Tokens of a sum with its right answer, [position]. */
export function encodeSum(sum: Sum, layout: TaskLayout): Int32Array {
  const { operandDigits, answerOrder, before } = layout
  const answer = answerDigitsOf(sum, layout)
  return Int32Array.of(
    ...before.map((id) => tokenOfId(id, layout)),
    ...digitsOf(sum.a, operandDigits),
    plus,
    ...digitsOf(sum.b, operandDigits),
    equals,
    ...(answerOrder === 'mostSignificantFirst' ? answer : answer.toReversed()),
  )
}

/** Tokens of many sums, int32. */
export function tokensOf(sums: readonly Sum[], layout: TaskLayout): Tensor<readonly ['example', 'position']> {
  const length = contextLength(layout)
  const data = new Int32Array(sums.length * length)
  sums.forEach((sum, example) => data.set(encodeSum(sum, layout), example * length))
  return tensor(['example', 'position'], [sums.length, length], data)
}

/** The operands of the sums that tokens write. */
export function sumsOf({ shape, data }: Tensor, { operandDigits, before }: TaskLayout): Sum[] {
  const numberAt = (from: number) => {
    let number = 0
    for (let index = from; index < from + operandDigits; index++) number = 10 * number + data[index]!
    return number
  }
  return Array.from({ length: shape[0]! }, (_, example) => {
    const first = example * shape[1]! + before.length
    return { a: numberAt(first), b: numberAt(first + operandDigits + 1) }
  })
}
