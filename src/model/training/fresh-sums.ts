import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import type { Sum } from '../../core/sum'
import { digitsOf, encodeSum } from '../../core/tokens'
import { contextLength, operandLimit, type TaskLayout } from '../../core/task-layout'
import { randomStream } from './random-stream'

/**
 * Sums drawn anew for every step. Carries that run through columns adding to 9 are rare among uniform sums (a run of three
 * columns in 1 of 1000) and are what models get wrong, so a part of each batch is made harder.
 */
export interface FreshSums {
  readonly kind: 'fresh'
  /** Share of hard sums in a batch, 0 to 1; the others are uniform. */
  readonly hardShare: number
  /** In a hard sum, how likely each column but the first is made to add to 9. */
  readonly nineProbability: number
  /** In a hard sum, how likely the units are then made 5 + 5, the carry that is nearest to none. */
  readonly fiveFiveProbability: number
  /** Share of mined sums in a batch: one of `mined`, each of its digits drawn anew with probability 0.15. */
  readonly minedShare: number
  /** Sums that a model trained by this recipe was least sure of. */
  readonly mined: readonly Sum[]
}

/** Tokens [example, position] of the sums of a step, row-major: first the uniform, then the hard, then the mined sums. */
export function freshTokens(data: FreshSums, layout: TaskLayout, size: number, seed: number, step: number): Int32Array {
  const generator = randomStream(seed, 'fresh sums', step)
  const length = contextLength(layout)
  const tokens = new Int32Array(size * length)
  const uniform = Math.round(size * (1 - data.hardShare - data.minedShare))
  const easyOrHard = Math.round(size * (1 - data.minedShare))
  for (let example = 0; example < size; example++) {
    const kind = example < uniform ? uniformSum : example < easyOrHard ? hardSum : minedSum
    tokens.set(encodeSum(kind(generator, layout, data), layout), example * length)
  }
  return tokens
}

/** Any two operands of the layout. */
export function uniformSum(generator: RandomGenerator, layout: TaskLayout): Sum {
  const highest = operandLimit(layout) - 1
  return { a: uniformInt(generator, 0, highest), b: uniformInt(generator, 0, highest) }
}

function hardSum(
  generator: RandomGenerator,
  layout: TaskLayout,
  { nineProbability, fiveFiveProbability }: FreshSums,
): Sum {
  const { operandDigits } = layout
  let { a, b } = uniformSum(generator, layout)
  for (let column = 1, unit = 10 ** (operandDigits - 2); column < operandDigits; column++, unit /= 10)
    if (uniformFloat64(generator) < nineProbability) b += (9 - digitAt(a, unit) - digitAt(b, unit)) * unit
  if (uniformFloat64(generator) < fiveFiveProbability) {
    a += 5 - digitAt(a, 1)
    b += 5 - digitAt(b, 1)
  }
  return { a, b }
}

function minedSum(generator: RandomGenerator, layout: TaskLayout, { mined }: FreshSums): Sum {
  const { a, b } = mined[uniformInt(generator, 0, mined.length - 1)]!
  return { a: varied(generator, layout, a), b: varied(generator, layout, b) }
}

/** An operand of which each digit is drawn anew with probability 0.15. */
function varied(generator: RandomGenerator, layout: TaskLayout, operand: number): number {
  return digitsOf(operand, layout.operandDigits).reduce((number, digit, column) => {
    const drawn =
      uniformFloat64(generator) < 0.15 ? uniformInt(generator, 0, column === 0 ? layout.largestFirstDigit : 9) : digit
    return number * 10 + drawn
  }, 0)
}

/** The digit that counts `unit`s: 1, 10, 100, …. */
function digitAt(number: number, unit: number): number {
  return Math.floor(number / unit) % 10
}
