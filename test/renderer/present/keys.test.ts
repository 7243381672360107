import { expect, test } from 'vitest'
import { presentAction } from '../../../src/renderer/present/present-keys'

const press = (key: string, more: Partial<{ code: string; altKey: boolean; ctrlKey: boolean }> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  getModifierState: () => false,
  ...more,
})

test.each([
  [' ', 'next'],
  ['PageDown', 'next'],
  ['ArrowRight', 'next'],
  ['PageUp', 'back'],
  ['ArrowLeft', 'back'],
  ['Home', 'first'],
  ['r', 'reset'],
  ['.', 'black'],
  ['b', 'black'],
  ['B', 'black'],
  ['k', 'clock'],
  ['n', 'notes'],
  ['F5', 'nothing'],
  ['Escape', 'end'],
])('%j does "%s"', (key, does) => {
  expect(presentAction(press(key), false)).toEqual({ does })
})

test('digits put the spotlight on a place, wherever the keyboard has them', () => {
  expect(presentAction(press('2'), false)).toEqual({ does: 'spotlight', place: 2 })
  // A row that writes digits with Shift only.
  expect(presentAction(press('é', { code: 'Digit2' }), false)).toEqual({ does: 'spotlight', place: 2 })
})

test('in a cell of the sum, keys are the sum’s but for those of a clicker', () => {
  for (const key of ['2', 'ArrowRight', 'Backspace', 'r', '.', ' '])
    expect(presentAction(press(key), true), key).toBeNull()
  expect(presentAction(press('PageDown'), true)).toEqual({ does: 'next' })
  expect(presentAction(press('Escape'), true)).toEqual({ does: 'end' })
})

test('what is held with Ctrl or Alt is left to the window', () => {
  expect(presentAction(press('r', { ctrlKey: true }), false)).toBeNull()
  expect(presentAction(press('ArrowRight', { altKey: true }), false)).toBeNull()
})
