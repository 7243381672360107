import { fc, sumOf } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { digitsOf, encodeSum, tokensOf } from '../../src/core/tokens'
import { publishedLayout, symbolTexts } from '../../src/core/task-layout'

test('a sum becomes its digits, + and =, and its answer', () => {
  expect([...encodeSum({ a: 2968, b: 1606 }, publishedLayout(4))]).toEqual([2, 9, 6, 8, 10, 1, 6, 0, 6, 11, 4, 5, 7, 4])
})

test('digits are padded and give the number back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), fc.nat(999_999), (numDigits, number) => {
      const inRange = number % 10 ** numDigits
      const digits = digitsOf(inRange, numDigits)
      expect(digits).toHaveLength(numDigits)
      expect(Number(digits.join(''))).toBe(inRange)
    }),
  )
})

test('every row of a batch is its sum, spelled right', () => {
  fc.assert(
    fc.property(fc.array(sumOf(3), { minLength: 1, maxLength: 5 }), (sums) => {
      const { shape, data } = tokensOf(sums, publishedLayout(3))
      expect(shape).toEqual([sums.length, 11])
      sums.forEach((sum, example) => {
        const text = Array.from(data.slice(example * 11, (example + 1) * 11), (token) => symbolTexts[token]).join('')
        const written = [sum.a, sum.b, sum.a + sum.b].map((number) => String(number).padStart(3, '0'))
        expect(text).toBe(`${written[0]}+${written[1]}=${written[2]}`)
      })
    }),
  )
})
