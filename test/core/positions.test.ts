import { expect, test } from 'vitest'
import {
  answerPosition,
  answerPositions,
  digitLabels,
  equalsPosition,
  plusPosition,
  positionLabels,
  positionName,
  positionNamed,
} from '../../src/core/positions'
import { contextLength, publishedLayout } from '../../src/core/task-layout'

test.each([2, 3, 4, 5, 6])('labels and positions agree for %i digits', (numDigits) => {
  const labels = positionLabels(publishedLayout(numDigits))
  expect(labels).toHaveLength(contextLength(publishedLayout(numDigits)))
  expect(labels[plusPosition(publishedLayout(numDigits))]).toBe('+')
  expect(labels[equalsPosition(publishedLayout(numDigits))]).toBe('=')
  expect(answerPositions(publishedLayout(numDigits)).map((position) => labels[position + 1])).toEqual(
    digitLabels(numDigits),
  )
})

test('the four-digit task has 14 tokens and predicts C0 to C3 at positions 9 to 12', () => {
  expect(contextLength(publishedLayout(4))).toBe(14)
  expect(answerPositions(publishedLayout(4))).toEqual([9, 10, 11, 12])
  expect(answerPosition(0, publishedLayout(4))).toBe(9)
  expect(positionLabels(publishedLayout(4)).join(' ')).toBe('A0 A1 A2 A3 + B0 B1 B2 B3 = C0 C1 C2 C3')
})

test('two positions are never called C1: each is named by its token and by what it predicts', () => {
  const names = positionLabels(publishedLayout(4)).map((_, position) => positionName(position, publishedLayout(4)))
  expect(names.slice(8)).toEqual([
    'B3 · p8',
    '= · p9, predicts C0',
    'C0 · p10, predicts C1',
    'C1 · p11, predicts C2',
    'C2 · p12, predicts C3',
    'C3 · p13',
  ])
  expect(names[0]).toBe('A0 · p0')
  expect(new Set(names).size).toBe(14)
  expect(positionLabels(publishedLayout(4)).map((label) => positionNamed(label, publishedLayout(4)))).toEqual(names)
})
