import { expect, test } from 'vitest'
import { counted, countText, listed } from '../../src/core/counted'

test('one thing has no plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'sum'))).toEqual(['0 sums', '1 sum', '2 sums'])
  expect(counted(100_000, 'sum')).toBe('100,000 sums')
  expect(countText(9999)).toBe('9999')
})

test('words are listed as they are read', () => {
  expect([[], ['C0'], ['C0', 'C1'], ['C0', 'C1', 'C3']].map(listed)).toEqual(['', 'C0', 'C0 and C1', 'C0, C1 and C3'])
})
