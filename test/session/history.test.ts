import { expect, test } from 'vitest'
import fc from 'fast-check'
import { History } from '../../src/session/history'

test('undoing every step gives the initial value, redoing them the last', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (initial, values) => {
      const history = new History(initial)
      for (const value of values) history.push(value)
      for (const expected of [initial, ...values].toReversed().slice(1)) expect(history.undo()).toBe(expected)
      expect(history.canUndo).toBe(false)
      for (const expected of values) expect(history.redo()).toBe(expected)
      expect(history.canRedo).toBe(false)
    }),
  )
})

test('a step taken after an undo forgets what was undone', () => {
  const history = new History('a')
  history.push('b')
  history.undo()
  history.push('c')
  expect(history.canRedo).toBe(false)
  expect(history.redo()).toBe('c')
  expect(history.undo()).toBe('a')
})

test('the oldest steps are forgotten beyond the limit', () => {
  const history = new History(0, 2)
  for (const value of [1, 2, 3]) history.push(value)
  history.undo()
  expect(history.undo()).toBe(1)
  expect(history.canUndo).toBe(false)
})
