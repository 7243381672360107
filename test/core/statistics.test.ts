import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { Moments } from '../../src/core/moments'
import { lowerMedian, mean } from '../../src/core/statistics'
import { standardDeviation } from '../support/standard-deviation'

const sample = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 })

test('by hand', () => {
  expect(mean([1, 2, 3, 6])).toBe(3)
  expect(standardDeviation([1, 2, 3, 6])).toBeCloseTo(Math.sqrt(14 / 3), 12)
  expect(lowerMedian([6, 1, 3, 2])).toBe(2)
  expect(lowerMedian([3, 1, 2])).toBe(2)
})

test('the lower median stands in the middle of the sorted values, many of them equal or not', () => {
  const tied = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.oneof(sample, tied), (values) => {
      const sorted = values.toSorted((one, other) => one - other)
      expect(lowerMedian(values)).toBe(sorted[Math.ceil(values.length / 2) - 1])
    }),
  )
})

test('moments added one at a time are those of the whole', () => {
  fc.assert(
    fc.property(sample, (values) => {
      const moments = new Moments(2)
      for (const value of values) moments.add([NaN, value, 1e6 + value], 1)
      expect(moments.count).toBe(values.length)
      expect(moments.mean()[0]).toBeCloseTo(mean(values), 8)
      expect(moments.standardDeviation()[0]).toBeCloseTo(standardDeviation(values), 6)
      expect(moments.standardDeviation()[1]).toBeCloseTo(standardDeviation(values), 5)
    }),
  )
})

test('nothing has no mean, and one value no spread', () => {
  const moments = new Moments(1)
  expect(moments.mean()).toEqual(Float64Array.of(NaN))
  moments.add([4])
  expect(moments.mean()).toEqual(Float64Array.of(4))
  expect(moments.standardDeviation()).toEqual(Float64Array.of(NaN))
  expect(lowerMedian([])).toBeNaN()
})
