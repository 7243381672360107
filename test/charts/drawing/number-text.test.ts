import { expect, test } from 'vitest'
import { shortText } from '../../../src/charts/drawing/number-text'

test('a table tells five significant digits of a measure, and every digit of a count', () => {
  expect([0.00668237, -1.2345678e-7, 13.1020284].map((value) => shortText(value))).toEqual([
    '0.0066824',
    '−1.2346e−7',
    '13.102',
  ])
  expect([196_608, 1_234_567, -3, 0].map((value) => shortText(value))).toEqual(['196608', '1234567', '−3', '0'])
  expect(shortText(NaN)).toBe('–')
})
