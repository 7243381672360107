import { anySum, fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { checkSum, formatEquation, formatSum, formatTypedSum, parseSum } from '../../src/core/sum-text'
import { publishedLayout } from '../../src/core/task-layout'

test('what is written is read back, whatever the spaces', () => {
  fc.assert(
    fc.property(anySum, ({ sum, numDigits }) => {
      const text = formatSum(sum, publishedLayout(numDigits))
      expect(parseSum(text, publishedLayout(numDigits))).toEqual(sum)
      expect(parseSum(` ${text.replace('+', ' + ')} `, publishedLayout(numDigits))).toEqual(sum)
      checkSum(sum, publishedLayout(numDigits))
    }),
  )
})

test('numbers are padded with zeros', () => {
  expect(formatSum({ a: 5, b: 1606 }, publishedLayout(4))).toBe('0005+1606')
  expect(formatEquation({ a: 5, b: 5 }, publishedLayout(4))).toBe('0005+0005=0010')
})

const wrong = [
  ['2968', 4, '"2968" is not a sum: write two numbers of 4 digits with one + between them, as in 2968+1606.'],
  ['1+2+3', 2, '"1+2+3" is not a sum: write two numbers of 2 digits with one + between them, as in 29+16.'],
  [
    '2968+16',
    4,
    '"16" in the sum "2968+16" has 2 digits where 4 are wanted: write every digit, leading zeros too, as in 2968+1606.',
  ],
  [
    '+1606',
    4,
    '"" in the sum "+1606" has 0 digits where 4 are wanted: write every digit, leading zeros too, as in 2968+1606.',
  ],
  ['29x8+1606', 4, '"29x8" in the sum "29x8+1606" is not a number: write 4 digits, as in 2968+1606.'],
  [
    '5000+0001',
    4,
    '5000 is out of range: this model adds whole numbers from 0000 to 4999, so that the answer fits in 4 digits; ' +
      'choose an operand in that range.',
  ],
] as const

test.each(wrong)('"%s" is refused in one sentence', (text, numDigits, sentence) => {
  expect(() => parseSum(text, publishedLayout(numDigits))).toThrow(new BadInput(sentence))
})

test.each([-1, 0.5, 5000, NaN])('an operand of %d is refused', (a) => {
  expect(() => checkSum({ a, b: 0 }, publishedLayout(4))).toThrow(BadInput)
})

test('a digit that is not typed yet is a gap', () => {
  expect(formatTypedSum([2, 9, null, 8, 1, 6, 0, 6])).toBe('29_8+1606')
  expect(formatTypedSum([null, null])).toBe('_+_')
})
