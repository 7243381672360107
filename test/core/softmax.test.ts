import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { indexOfLargest, logSoftmax, logSumExp, softmax } from '../../src/core/softmax'

const logits = fc.array(fc.double({ min: -800, max: 800, noNaN: true }), { minLength: 1, maxLength: 12 })

test('probabilities sum to 1, keep the order and ignore a shift', () => {
  fc.assert(
    fc.property(logits, fc.integer({ min: -50, max: 50 }), (values, shift) => {
      const probabilities = softmax(values)
      expect(probabilities.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 9)
      const shifted = softmax(values.map((value) => value + shift))
      probabilities.forEach((value, index) => expect(shifted[index]).toBeCloseTo(value, 9))
      expect(probabilities[indexOfLargest(values)]).toBe(Math.max(...probabilities))
    }),
  )
})

test('a part of a longer array is taken as if it were alone', () => {
  fc.assert(
    fc.property(logits, (values) => {
      expect(logSoftmax([7, 7, ...values, 7], 2, values.length)).toEqual(logSoftmax(values))
      expect(indexOfLargest([900, ...values, 900], 1, values.length)).toBe(indexOfLargest(values))
    }),
  )
})

test('log-probabilities by hand', () => {
  const result = logSoftmax([0, Math.log(3)])
  expect(result[0]).toBeCloseTo(Math.log(1 / 4), 12)
  expect(result[1]).toBeCloseTo(Math.log(3 / 4), 12)
})

test('the logarithm of the sum of exponentials is that over all outputs, whether or not the largest is given', () => {
  fc.assert(
    fc.property(logits, (values) => {
      const padded = [900, ...values, 900]
      const total = logSumExp(padded, 1, values.length)
      expect(logSumExp(padded, 1, values.length, Math.max(...values))).toBe(total)
      expect(values.reduce((sum, value) => sum + Math.exp(value - total), 0)).toBeCloseTo(1, 9)
    }),
  )
})

test('the sum of exponentials is as precise as one by one', () => {
  fc.assert(
    fc.property(logits, (values) => {
      const largest = Math.max(...values)
      const total = values.reduce((sum, value) => sum + Math.exp(value - largest), 0)
      expect(Math.abs(logSumExp(values, 0, values.length, largest) - largest - Math.log(total))).toBeLessThan(
        4 * Number.EPSILON * Math.max(1, Math.abs(largest)),
      )
    }),
  )
})
