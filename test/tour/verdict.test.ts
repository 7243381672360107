import { expect, test } from 'vitest'
import type { Claim, Quantity } from '../../src/tour/claim'
import { correlation } from '../../src/tour/correlation'
import { entryOf } from '../../src/tour/entry'
import { boundsText, valueText } from '../../src/tour/value-text'
import { verdictOf } from '../../src/tour/verdict'
import { tensor } from '../../src/core/tensor'

const share: Quantity = {
  name: 'right sums',
  unit: 'share',
  confirmed: { least: 0.98 },
  refuted: { most: 0.9 },
  published: 1,
}
const gain: Quantity = { ...share, name: 'gain', confirmed: { least: 0.03 }, refuted: {} }

function verdict(quantities: readonly Quantity[], values: readonly number[]) {
  const claim: Claim = {
    id: '',
    statement: '',
    why: '',
    figure: null,
    quantities,
    check: () => Promise.reject(new Error('not asked')),
  }
  return verdictOf(claim, { values })
}

test.each([
  [0.98, 'confirmed'],
  [0.9799, 'unclear'],
  [0.9, 'refuted'],
  [NaN, 'unclear'],
])('a value of %f is %s', (value, expected) => {
  expect(verdict([share], [value])).toBe(expected)
})

test('all numbers must confirm, and one is enough to refute', () => {
  expect(verdict([share, gain], [0.99, 0.05])).toBe('confirmed')
  expect(verdict([share, gain], [0.99, 0.01])).toBe('unclear')
  expect(verdict([share, gain], [0.5, 0.05])).toBe('refuted')
})

test('entries are found by their names, and unknown names are refused', () => {
  const table = tensor(['group', 'digit'], [2, 3], Float64Array.of(0, 1, 2, 3, 4, 5), {
    labels: { group: ['differ', 'same'], digit: ['C0', 'C1', 'C2'] },
  })
  expect(entryOf(table, { group: 'same', digit: 'C1' })).toBe(4)
  expect(() => entryOf(table, { group: 'same', digit: 'C7' })).toThrow('no entry "C7"')
})

test('correlation is 1 with itself, -1 with its mirror image, and nothing with a constant', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6]
  expect(correlation(values, values)).toBeCloseTo(1, 12)
  expect(
    correlation(
      values,
      values.map((value) => 7 - 2 * value),
    ),
  ).toBeCloseTo(-1, 12)
  expect(
    correlation(
      values,
      values.map(() => 3),
    ),
  ).toBeNaN()
})

test('values and bounds are written in their unit', () => {
  expect(valueText(0.9996, share)).toBe('100.0 %')
  expect(valueText(NaN, share)).toBe('—')
  expect(valueText(-0.0004, share)).toBe('0.0 %')
  expect(valueText(-0.0006, share)).toBe('−0.1 %')
  expect(boundsText({ least: 33, most: 39 }, { unit: 'degrees' })).toBe('33.0° to 39.0°')
  expect(boundsText({ most: 0 }, { unit: 'sums' })).toBe('at most 0')
  expect(boundsText({}, { unit: 'sums' })).toBeNull()
})
