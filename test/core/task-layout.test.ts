import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { alwaysKill, columnPatterns } from '../../src/core/column-patterns'
import { columnPattern, columnsOf } from '../../src/core/columns'
import { sumDataset } from '../../src/core/dataset'
import { layoutText, parseLayout } from '../../src/core/layout-text'
import {
  answerPositions,
  digitLabels,
  digitPredictedAt,
  positionGroups,
  positionLabels,
  positionName,
} from '../../src/core/positions'
import { formatEquation, parseSum } from '../../src/core/sum-text'
import {
  answerOf,
  checkLayout,
  contextLength,
  isPublishedLayout,
  operandLimit,
  publishedLayout,
  type TaskLayout,
} from '../../src/core/task-layout'
import { encodeSum } from '../../src/core/tokens'
import { tokenOfId, vocabLabels, vocabularyOrder } from '../../src/core/vocabulary'
import { anyLayout, fc } from '../support/arbitraries'

test('a layout tells each position one name, and each answer digit the position before it', () => {
  fc.assert(
    fc.property(anyLayout, (layout) => {
      const labels = positionLabels(layout)
      expect(labels).toHaveLength(contextLength(layout))
      expect(new Set(labels).size).toBe(labels.length)
      expect(answerPositions(layout).map((position) => labels[position + 1])).toEqual(digitLabels(layout.answerDigits))
      answerPositions(layout).forEach((position, digit) => {
        expect(digitPredictedAt(position, layout)).toBe(digit)
        expect(positionName(position, layout)).toContain(`predicts C${digit}`)
      })
      const groups = positionGroups(layout)
      expect(groups[0]!.start).toBe(0)
      expect(groups.at(-1)!.end).toBe(labels.length)
      groups.slice(1).forEach(({ start }, index) => expect(start).toBe(groups[index]!.end))
    }),
  )
})

test('a sum as tokens reads as it is written, in the order of the layout', () => {
  fc.assert(
    fc.property(anyLayout, fc.nat(), (layout, seed) => {
      const [sum] = sumDataset({ size: 1, seed }, layout)
      const { operandDigits: n, before, answerOrder } = layout
      const labels = vocabLabels(layout, 16)
      const text = [...encodeSum(sum!, layout)].slice(before.length).map((token) => labels[token])
      const answer = text.slice(2 * n + 2)
      const spoken = answerOrder === 'mostSignificantFirst' ? answer : answer.toReversed()
      expect([...text.slice(0, 2 * n + 2), ...spoken].join('')).toBe(formatEquation(sum!, layout))
      expect(Number(spoken.join(''))).toBe(answerOf(sum!, layout))
      expect(parseSum(text.slice(0, 2 * n + 1).join(''), layout)).toEqual(sum)
      expect(Math.max(sum!.a, sum!.b)).toBeLessThan(operandLimit(layout))
    }),
  )
})

test('the arithmetic of the columns gives every digit of the answer', () => {
  fc.assert(
    fc.property(anyLayout, fc.nat(), (layout, seed) => {
      const [sum] = sumDataset({ size: 1, seed }, layout)
      const { carryIn, classes } = columnsOf(sum!, layout)
      expect(classes).toHaveLength(layout.answerDigits)
      expect(columnPatterns(layout)).toContain(columnPattern(sum!, layout))
      expect(columnPatterns(layout)).toHaveLength(3 ** (layout.answerDigits - alwaysKill(layout)))
      if (layout.answerDigits > layout.operandDigits)
        expect(answerOf(sum!, layout) >= 10 ** layout.operandDigits).toBe(carryIn[0])
    }),
  )
})

test('the file’s ids and the program’s tokens are one another’s inverse', () => {
  fc.assert(
    fc.property(anyLayout, (layout) => {
      const order = vocabularyOrder(layout, 16)
      expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, id) => id))
      order.forEach((id, token) => expect(tokenOfId(id, layout)).toBe(token))
    }),
  )
})

test('two digits, units first, with a start token', () => {
  const layout: TaskLayout = {
    ...publishedLayout(2),
    answerDigits: 3,
    answerOrder: 'leastSignificantFirst',
    largestFirstDigit: 9,
    before: [12],
  }
  expect(positionLabels(layout)).toEqual(['S0', 'A0', 'A1', '+', 'B0', 'B1', '=', 'C2', 'C1', 'C0'])
  expect([...encodeSum({ a: 95, b: 17 }, layout)]).toEqual([12, 9, 5, 10, 1, 7, 11, 2, 1, 1])
  expect(answerPositions(layout)).toEqual([8, 7, 6])
  expect(columnsOf({ a: 95, b: 17 }, layout)).toMatchObject({
    classes: ['K', 'G', 'G'],
    carryIn: [true, true, false],
  })
  expect(layoutText(layout)).toBe('2 digits, answers of 3, units first, first digits 0 to 9, start token 12')
  expect(isPublishedLayout(layout)).toBe(false)
})

test('an answer with no room for its first digit loses it', () => {
  const layout = { ...publishedLayout(2), largestFirstDigit: 9 } as const
  expect(formatEquation({ a: 99, b: 2 }, layout)).toBe('99+02=01')
  expect(columnsOf({ a: 99, b: 2 }, layout).carryOut).toEqual([true, true])
})

test.each<[Partial<TaskLayout>, string]>([
  [{ operandDigits: 0 }, 'The layout has 0 operand digits'],
  [{ answerDigits: 6 }, 'The layout has 6 answer digits for operands of 4'],
  [{ symbols: [0, 1] }, 'The layout has 2 token ids for symbols'],
  [{ symbols: Array<number>(12).fill(3) }, 'need twelve different ones'],
  [{ before: [12] }, 'The layout names the token id 12, but the vocabulary has the ids 0 to 11'],
])('a layout that cannot be is refused: %o', (change, words) => {
  const check = () => checkLayout({ ...publishedLayout(4), ...change }, 12)
  expect(check).toThrow(BadInput)
  expect(check).toThrow(words)
})

test.each<Partial<TaskLayout>>([
  {},
  { answerDigits: 5, largestFirstDigit: 9 },
  { answerOrder: 'leastSignificantFirst', before: [12] },
  { before: [13, 13, 12] },
  { symbols: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 0], before: [2] },
  { symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10] },
  { symbols: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 10] },
])('the words for a layout say all of it: %o', (change) => {
  const layout: TaskLayout = { ...publishedLayout(4), ...change }
  expect(parseLayout(layoutText(layout))).toEqual(layout)
})

test('words for a layout may stand in any order, and the number of digits alone', () => {
  expect(parseLayout('3')).toEqual(publishedLayout(3))
  expect(parseLayout(' units first,3 digits')).toEqual({
    ...publishedLayout(3),
    answerOrder: 'leastSignificantFirst',
  })
})

test.each([
  ['units first', 'does not say how many digits an operand has'],
  ['9 digits', 'does not say how many digits an operand has'],
  ['3 digits, backwards', 'The layout says "backwards"'],
])('words that mean no layout are refused: %s', (words, sentence) => {
  expect(() => parseLayout(words)).toThrow(sentence)
})
