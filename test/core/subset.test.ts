import { anySum, fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { columnPattern } from '../../src/core/columns'
import { formatSubset, parseSubset, subsetParts, sumsOfSubset } from '../../src/core/subset'
import { publishedLayout } from '../../src/core/task-layout'

test('a sum is in all, in one of carries and non-carries, and in its own pattern however starred', () => {
  fc.assert(
    fc.property(anySum, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), ({ sum, numDigits }, starred) => {
      const belongs = (subset: string) => parseSubset(subset, publishedLayout(numDigits))(sum)
      expect(belongs('all')).toBe(true)
      expect(belongs('carries')).not.toBe(belongs('non-carries'))
      const pattern = Array.from(columnPattern(sum, publishedLayout(numDigits)), (name, column) =>
        starred[column] ? '*' : name,
      ).join('')
      expect(belongs(pattern)).toBe(true)
      expect(belongs(pattern.toLowerCase())).toBe(true)
    }),
  )
})

test('the sums keep their order', () => {
  const sums = [
    { a: 15, b: 15 },
    { a: 11, b: 11 },
    { a: 8, b: 8 },
  ]
  expect(sumsOfSubset(sums, 'carries', publishedLayout(2))).toEqual([sums[0], sums[2]])
  expect(sumsOfSubset(sums, '*K', publishedLayout(2))).toEqual([sums[1]])
})

const wrong = [
  ['carry', 4, '"carry" is not a subset: write all, carries, non-carries or a column pattern such as *P*G.'],
  [
    '*P*',
    4,
    'The column pattern "*P*" has 3 columns where this model has 4: write one of G, P, K or * for each, as in *P*G.',
  ],
] as const

test.each(wrong)('"%s" is refused in one sentence', (text, numDigits, sentence) => {
  expect(() => parseSubset(text, publishedLayout(numDigits))).toThrow(new BadInput(sentence))
})

test('an empty subset is refused in one sentence', () => {
  const sum = { a: 11, b: 12 }
  expect(() => sumsOfSubset([sum, sum], '*G', publishedLayout(2))).toThrow(
    new BadInput(
      'None of the 2 sums of this dataset is in the subset "*G": choose another subset, more sums or another seed.',
    ),
  )
  expect(() => sumsOfSubset([sum], 'carries', publishedLayout(2))).toThrow(
    new BadInput(
      'The one sum of this dataset, 11+12=23, is not in the subset "carries": choose another subset, more sums or another seed.',
    ),
  )
})

test('a pattern that no sum can have says why', () => {
  const sum = { a: 1111, b: 1111 }
  expect(() => sumsOfSubset([sum], 'G***', publishedLayout(4))).toThrow(
    new BadInput('No sum matches G***: leading digits are below 5.'),
  )
})

test.each([
  ['cascade:0', { a: 15, b: 15 }, 2, true],
  ['cascade:1', { a: 145, b: 155 }, 3, true],
  ['cascade:2', { a: 145, b: 155 }, 3, false],
  ['*PG cascade:1', { a: 145, b: 155 }, 3, true],
  ['carries cascade:0', { a: 11, b: 12 }, 2, false],
  ['cascade:2', { a: 1449, b: 1551 }, 4, true],
] as const)('whether %s has %o of %i digits: %s', (subset, sum, digits, wanted) => {
  expect(parseSubset(subset, publishedLayout(digits))(sum)).toBe(wanted)
})

test.each(['all', 'carries', '*P*G', 'cascade:2', '*P*G cascade:1', 'non-carries cascade:0'])(
  '%s is written as it is read',
  (text) => {
    expect(formatSubset(subsetParts(text))).toBe(text)
  },
)
