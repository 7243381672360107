import { expect, test } from 'vitest'
import {
  answerPosition,
  answerPositions,
  contextLength,
  digitLabels,
  equalsPosition,
  plusPosition,
  positionLabels,
} from '../../src/core/positions'

test.each([2, 3, 4, 5, 6])('labels and positions agree for %i digits', (numDigits) => {
  const labels = positionLabels(numDigits)
  expect(labels).toHaveLength(contextLength(numDigits))
  expect(labels[plusPosition(numDigits)]).toBe('+')
  expect(labels[equalsPosition(numDigits)]).toBe('=')
  expect(answerPositions(numDigits).map((position) => labels[position + 1])).toEqual(digitLabels(numDigits))
})

test('the four-digit task has 14 tokens and predicts C0 to C3 at positions 9 to 12', () => {
  expect(contextLength(4)).toBe(14)
  expect(answerPositions(4)).toEqual([9, 10, 11, 12])
  expect(answerPosition(0, 4)).toBe(9)
  expect(positionLabels(4).join(' ')).toBe('A0 A1 A2 A3 + B0 B1 B2 B3 = C0 C1 C2 C3')
})
