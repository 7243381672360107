import { expect, test } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import { tensor } from '../../../src/core/tensor'
import { chosenPairs, choiceText } from '../../../src/renderer/lab/example-pairs'

const layout = publishedLayout(4)
const pairs = [
  // Column 2 is K in the sum and G in the donor; the carry into C1 is taken, or not.
  { sum: [1000, 1010], donor: [1060, 1060], observed: [2, 1, 1, 0] },
  { sum: [2000, 1010], donor: [1070, 1040], observed: [3, 0, 1, 0] },
  // The same carry in both, and a digit that no carry explains.
  { sum: [1000, 1000], donor: [1010, 1010], observed: [2, 5, 0, 10] },
]
const flat = (name: 'sum' | 'donor') => Int32Array.from(pairs.flatMap((pair) => pair[name]))
const result = {
  operands: tensor(['example', 'operand'], [3, 2], flat('sum')),
  donorOperands: tensor(['example', 'operand'], [3, 2], flat('donor')),
  observed: tensor(['example', 'digit'], [3, 4], Int32Array.from(pairs.flatMap(({ observed }) => observed))),
}

test('the pairs of two classes, those that do not follow first', () => {
  const found = chosenPairs(result, { kind: 'class', digit: 1, own: 'K', donor: 'G' }, layout)
  expect(found.map(({ outcome, sum }) => [outcome, sum.a])).toEqual([
    ['own', 2000],
    ['moved', 1000],
  ])
  expect(chosenPairs(result, { kind: 'class', digit: 1, own: 'G', donor: 'K' }, layout)).toEqual([])
})

test('the pairs with one outcome, in the group that is asked for, with what the model said', () => {
  const found = chosenPairs(result, { kind: 'outcome', digit: 1, group: 'same', outcome: 'other' }, layout)
  expect(found).toMatchObject([{ sum: { a: 1000, b: 1000 }, observed: ['2', '5', '0', '+'] }])
  expect(chosenPairs(result, { kind: 'outcome', digit: 1, group: 'differ', outcome: 'other' }, layout)).toEqual([])
})

test('nothing is told of pairs that were not asked for, and a choice is said in words', () => {
  expect(chosenPairs({}, { kind: 'class', digit: 1, own: 'K', donor: 'G' }, layout)).toEqual([])
  expect(choiceText({ kind: 'class', digit: 1, own: 'K', donor: 'G' })).toBe(
    'C1: column 2 is K in the sum and G in the donor',
  )
  expect(choiceText({ kind: 'outcome', digit: 2, group: 'same', outcome: 'other' })).toBe(
    'C2: ✕ other, where the carry is the same',
  )
})
