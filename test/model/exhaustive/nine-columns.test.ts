import { expect, test } from 'vitest'
import { columnPattern } from '../../../src/core/columns'
import { publishedLayout } from '../../../src/core/task-layout'
import { sumsWithNines } from '../../../src/model/exhaustive/nine-columns'

test.each([0, 1])('the sums of two digits with at least %i columns of 9 are those that counting finds', (columns) => {
  const all = Array.from({ length: 2500 }, (_, index) => ({ a: Math.floor(index / 50), b: index % 50 }))
  const expected = all.filter((sum) => columnPattern(sum, publishedLayout(2)).split('P').length - 1 >= columns)
  const inOrder = sumsWithNines(columns, publishedLayout(2)).toSorted(
    (one, other) => one.a - other.a || one.b - other.b,
  )
  expect(inOrder).toEqual(expected)
})

test('the first column is never 9, so two columns of 9 in three digits are 25 * 10 * 10 sums', () => {
  const sums = sumsWithNines(2, publishedLayout(3))
  expect(new Set(sums.map(({ a, b }) => 1000 * a + b)).size).toBe(2500)
  expect(new Set(sums.map((sum) => columnPattern(sum, publishedLayout(3))))).toEqual(new Set(['KPP']))
})

test('more than four digits have too many', () => {
  expect(() => sumsWithNines(2, publishedLayout(5))).toThrow(
    'There are too many sums of 5 digits to list those with columns of 9; draw some with --sums.',
  )
})
