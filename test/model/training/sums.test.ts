import { expect, test } from 'vitest'
import { columnsOf } from '../../../src/core/columns'
import type { Sum } from '../../../src/core/sum'
import { digitsOf, encodeSum } from '../../../src/core/tokens'
import { publishedLayout } from '../../../src/core/task-layout'
import { batchesOf } from '../../../src/model/training/batches'
import { type FreshSums, freshTokens } from '../../../src/model/training/fresh-sums'
import { columnPatterns } from '../../../src/core/column-patterns'
import { heldOutSums } from '../../../src/model/training/held-out-sums'
import { presetRecipe } from '../../../src/model/training/presets'

const recipe: FreshSums = {
  kind: 'fresh',
  hardShare: 0.5,
  nineProbability: 0.45,
  fiveFiveProbability: 0.08,
  minedShare: 0,
  mined: [],
}

test.each([2, 4, 6])('fresh tokens of %i digits are sums with their right answer', (numDigits) => {
  const length = 3 * numDigits + 2
  const tokens = freshTokens(recipe, publishedLayout(numDigits), 300, 1, 1)
  for (const { row, sum } of sumsOf(tokens, numDigits)) {
    expect(tokens.subarray(row * length, (row + 1) * length)).toEqual(encodeSum(sum, publishedLayout(numDigits)))
    expect(Math.max(sum.a, sum.b)).toBeLessThan(5 * 10 ** (numDigits - 1))
  }
})

test('half of a batch is uniform, the other half runs of nines and 5 + 5 as often as the recipe says', () => {
  const size = 40_000
  const sums = sumsOf(freshTokens(recipe, publishedLayout(4), size, 2, 3), 4).map(({ sum }) => sum)
  const [uniform, hard] = [sums.slice(0, size / 2), sums.slice(size / 2)]
  const nines = (part: readonly Sum[], column: number) =>
    part.filter((sum) => columnsOf(sum, publishedLayout(4)).classes[column] === 'P').length / part.length
  const fives = (part: readonly Sum[]) => part.filter(({ a, b }) => a % 10 === 5 && b % 10 === 5).length / part.length
  // A uniform column adds to 9 in 1 case of 10; four standard deviations of 20,000 draws are 0.014 at most.
  for (const column of [1, 2, 3]) expect(Math.abs(nines(uniform, column) - 0.1)).toBeLessThan(0.014)
  for (const column of [1, 2]) expect(Math.abs(nines(hard, column) - (0.45 + 0.55 * 0.1))).toBeLessThan(0.014)
  expect(Math.abs(nines(hard, 3) - 0.92 * (0.45 + 0.55 * 0.1))).toBeLessThan(0.014)
  expect(Math.abs(fives(uniform) - 0.01)).toBeLessThan(0.014)
  expect(Math.abs(fives(hard) - (0.08 + 0.92 * 0.55 * 0.01))).toBeLessThan(0.014)
})

test('mined sums come last and differ from one of the list in few digits', () => {
  const mined = [
    { a: 4545, b: 4545 },
    { a: 2530, b: 1510 },
  ]
  const batch = freshTokens({ ...recipe, hardShare: 0.25, minedShare: 0.25, mined }, publishedLayout(4), 4000, 5, 1)
  const sums = sumsOf(batch, 4).slice(3000)
  const digits = ({ a, b }: Sum) => [...digitsOf(a, 4), ...digitsOf(b, 4)]
  const changes = sums.map(({ sum }) =>
    Math.min(...mined.map((seed) => digits(seed).filter((digit, i) => digit !== digits(sum)[i]).length)),
  )
  // A digit is drawn anew in 15 % of cases and is another one then in 8 or 9 of 10: 1.07 changes per sum on average.
  const mean = changes.reduce((total, count) => total + count, 0) / changes.length
  expect(mean).toBeGreaterThan(0.9)
  expect(mean).toBeLessThan(1.15)
  for (const { sum } of sums) expect(Math.max(sum.a, sum.b)).toBeLessThan(5000)
})

test('the sums of a step follow from seed and step, and differ between steps and seeds', () => {
  const draw = (seed: number, step: number) => freshTokens(recipe, publishedLayout(4), 64, seed, step)
  expect(draw(0, 1)).toEqual(draw(0, 1))
  expect(draw(0, 1)).not.toEqual(draw(0, 2))
  expect(draw(0, 1)).not.toEqual(draw(1, 0))
})

test('an epoch of a fixed set shows every sum once, in an order of its own', () => {
  const batchSize = 1000
  const full = presetRecipe('reference', { batchSize, seed: 4, layout: publishedLayout(3) })
  const batches = batchesOf({ ...full, data: { kind: 'fixed', size: 5 * batchSize } })
  const epoch = (first: number) =>
    Array.from({ length: 5 }, (_, i) => sumsOf(batches(first + i), 3)).flatMap((batch) =>
      batch.map(({ sum }) => sum.a * 1000 + sum.b),
    )
  const [one, two] = [epoch(1), epoch(6)]
  expect(one).not.toEqual(two)
  expect(one.toSorted((x, y) => x - y)).toEqual(two.toSorted((x, y) => x - y))
  expect(epoch(1)).toEqual(one)
})

test('held-out sums have the pattern they are filed under', () => {
  expect(columnPatterns(publishedLayout(2))).toEqual(['KK', 'KP', 'KG'])
  expect(columnPatterns(publishedLayout(4))).toHaveLength(27)
  const { byPattern } = heldOutSums(publishedLayout(4), { uniform: 1, perPattern: 20 })
  for (const [pattern, sums] of byPattern) {
    expect(sums).toHaveLength(20)
    for (const sum of sums) expect(columnsOf(sum, publishedLayout(4)).classes.join('')).toBe(pattern)
  }
})

/** Reads the operands back from tokens [example, position]. */
function sumsOf(tokens: Int32Array, numDigits: number): { row: number; sum: Sum }[] {
  const length = 3 * numDigits + 2
  const operand = (start: number) => Number(tokens.subarray(start, start + numDigits).join(''))
  return Array.from({ length: tokens.length / length }, (_, row) => {
    const start = row * length
    return { row, sum: { a: operand(start), b: operand(start + numDigits + 1) } }
  })
}
