import { operandLimit, type TaskLayout } from '../../core/task-layout'
import { tokensOf } from '../../core/tokens'
import type { Tokens } from '../model'

/**
 * Every sum there is, cut into groups of the ten sums that differ in the last digit of b only. In the published layout of n
 * digits the first 2n tokens (all of a, +, and b but for its last digit) are the same within a group, so whatever a causal
 * model computes there is shared by ten sums.
 *
 * All b of one a follow one another, but the a's are scattered: wherever one begins, a few of them are spread evenly over all
 * there are, so that what is known early is known of everything a little.
 */
export const groupSize = 10

/** How many sums there are: 25,000,000 of the published model's. */
export function sumCount(layout: TaskLayout): number {
  return operandLimit(layout) ** 2
}

/** How many groups there are: 2,500,000 of four digits. The 25 sums of one digit leave the last group unfilled. */
export function groupCount(layout: TaskLayout): number {
  return Math.ceil(sumCount(layout) / groupSize)
}

/** Operands of sum number `index` of all. */
export function sumAt(index: number, layout: TaskLayout): { a: number; b: number } {
  const limit = operandLimit(layout)
  return { a: (Math.floor(index / limit) * strideOf(limit)) % limit, b: index % limit }
}

/** Nearly the golden ratio of the limit, which spreads best; without a factor of 2 or 5, which the limit consists of. */
function strideOf(limit: number): number {
  return Math.floor(0.0618034 * limit) * 10 + 1
}

/** Tokens of the sums of `count` groups from `first` on, with their right answers. */
export function groupTokens(first: number, count: number, layout: TaskLayout): Tokens {
  const sums = Array.from({ length: count * groupSize }, (_, row) => sumAt(first * groupSize + row, layout))
  return tokensOf(sums, layout)
}
