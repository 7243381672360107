import { expect, test } from 'vitest'
import { parseColumnVariable, predictedDigits, type ColumnSums } from '../../src/core/column-hypothesis'
import { columnsOf } from '../../src/core/columns'
import type { Sum } from '../../src/core/sum'
import { digitsOf } from '../../src/core/tokens'
import { publishedLayout } from '../../src/core/task-layout'
import { fc, sumOf } from '../support/arbitraries'

function columnSums(sum: Sum): ColumnSums {
  const b = digitsOf(sum.b, 4)
  return {
    sums: digitsOf(sum.a, 4).map((digit, column) => digit + b[column]!),
    columns: columnsOf(sum, publishedLayout(4)),
  }
}

const predicted = (recipient: Sum, donor: Sum, ...moves: string[]) =>
  predictedDigits(
    columnSums(recipient),
    columnSums(donor),
    moves.map((text) => parseColumnVariable(text, publishedLayout(4))),
  )

test('nothing moved is the own answer, every column moved is the donor’s, and a donor like oneself moves nothing', () => {
  fc.assert(
    fc.property(sumOf(4), sumOf(4), (one, other) => {
      const own = digitsOf(one.a + one.b, 4)
      expect(predicted(one, other)).toEqual(own)
      expect(predicted(one, other, 'sum:0', 'sum:1', 'sum:2', 'sum:3')).toEqual(digitsOf(other.a + other.b, 4))
      expect(predicted(one, one, 'carry:C1', 'class:2', 'sum:3')).toEqual(own)
    }),
  )
})

test('by hand: 1394 + 1605 with the last column of 1396 + 1605', () => {
  const recipient = { a: 1394, b: 1605 }
  const donor = { a: 1396, b: 1605 }
  expect(predicted(recipient, donor)).toEqual([2, 9, 9, 9])
  expect(predicted(recipient, donor, 'carry:C2')).toEqual([2, 9, 0, 9])
  expect(predicted(recipient, donor, 'class:3')).toEqual([3, 0, 0, 9])
  expect(predicted(recipient, donor, 'class:3@C1,C0')).toEqual([3, 0, 9, 9])
  expect(predicted(recipient, donor, 'sum:3')).toEqual([3, 0, 0, 1])
})

test('a column of 9 passes a carry on, unless a moved class knows only carry or none', () => {
  const [recipient, donor] = [columnSums({ a: 1006, b: 1006 }), columnSums({ a: 1090, b: 1000 })]
  const moved = [parseColumnVariable('class:2', publishedLayout(4))]
  expect(predictedDigits(recipient, donor, moved)).toEqual([2, 1, 1, 2])
  expect(predictedDigits(recipient, donor, moved, true)).toEqual([2, 0, 1, 2])
})

test.each(['carry:2', 'class:C2', 'class:4', 'sum', 'carry:C9', 'class:1@C7'])(
  '%s is refused in a sentence',
  (text) => {
    expect(() => parseColumnVariable(text, publishedLayout(4))).toThrow(/\.$/)
  },
)
