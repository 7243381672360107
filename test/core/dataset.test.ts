import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { sumDataset } from '../../src/core/dataset'
import { formatSum } from '../../src/core/sum-text'
import { publishedLayout } from '../../src/core/task-layout'

// What torch 2.0 draws on a CPU; the order of its draws is in sumDataset's documentation.
const drawnByTorch = [
  [1, 42, ['2764+1504']],
  [1000, 42, ['2968+1606', '2262+0672', '1501+3261', '4300+4863', '1746+2946']],
  [20_000, 7, ['0954+2821', '2230+0347', '1037+1747', '1732+1732', '3186+3559']],
] as const

test.each(drawnByTorch)('%i sums with seed %i begin as torch draws them', (size, seed, first) => {
  const sums = sumDataset({ size, seed }, publishedLayout(4))
  expect(sums).toHaveLength(size)
  expect(sums.slice(0, first.length).map((sum) => formatSum(sum, publishedLayout(4)))).toEqual(first)
})

test('every sum is one that the task has, and a seed always draws the same', () => {
  const size = fc.integer({ min: 1, max: 50 })
  fc.assert(
    fc.property(size, fc.nat(0xffffffff), fc.integer({ min: 2, max: 6 }), (size, seed, numDigits) => {
      const sums = sumDataset({ size, seed }, publishedLayout(numDigits))
      expect(sums).toHaveLength(size)
      const operands = sums.flatMap(({ a, b }) => [a, b])
      expect(operands.every((number) => Number.isInteger(number) && number >= 0 && number < 10 ** numDigits / 2)).toBe(
        true,
      )
      expect(sumDataset({ size, seed }, publishedLayout(numDigits))).toEqual(sums)
    }),
    { numRuns: 30 },
  )
})

// One uint32 of MT19937 for each draw, so a first digit does not depend on how many digits follow it.
test('the first digits of a do not depend on the number of digits', () => {
  const firstDigits = (numDigits: number) =>
    sumDataset({ size: 20, seed: 3 }, publishedLayout(numDigits)).map(({ a }) => Math.floor(a / 10 ** (numDigits - 1)))
  expect(firstDigits(6)).toEqual(firstDigits(2))
})

test.each([0, -1, 2.5, NaN])('a size of %d is refused', (size) => {
  expect(() => sumDataset({ size, seed: 42 }, publishedLayout(4))).toThrow(
    new BadInput(`A dataset of ${size} sums cannot be drawn: ask for a whole number of at least 1.`),
  )
})

test.each([-1, 0.5, 2 ** 32])('a seed of %d is refused', (seed) => {
  expect(() => sumDataset({ size: 1, seed }, publishedLayout(4))).toThrow(
    new BadInput(`The seed ${seed} cannot be used: choose a whole number from 0 to 4294967295.`),
  )
})
