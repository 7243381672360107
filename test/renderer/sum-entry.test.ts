import { expect, test } from 'vitest'
import { publishedLayout } from '../../src/core/task-layout'
import { SessionState } from '../../src/renderer/state/session.svelte'
import { SumEntry } from '../../src/renderer/state/sum-entry.svelte'
import { defaultView, newAnalysis, noPins } from '../../src/session/session'

function entryOf(digits: readonly (number | null)[]) {
  const session = new SessionState({
    version: 1,
    modelPath: null,
    layout: null,
    model: { name: 'none', sha256: '' },
    analysis: newAnalysis(digits),
    pins: noPins,
    view: defaultView,
  })
  return { session, entry: new SumEntry(session, publishedLayout(digits.length / 2)) }
}

test('digits typed one after another fill A, then B, and each is a step that can be undone', () => {
  const { session, entry } = entryOf([0, 0, 0, 0, 0, 0, 0, 0])
  for (const digit of [2, 9, 6, 8, 1, 6, 4, 6]) entry.type(digit)
  expect(entry.digits).toEqual([2, 9, 6, 8, 1, 6, 4, 6])
  expect(entry.cursor).toBe(0)
  for (let step = 0; step < 8; step++) session.undo()
  expect(entry.digits).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(session.canUndo).toBe(false)
})

test('backspace takes back what was just typed, and what an arrow points at', () => {
  const { entry } = entryOf([1, 2, 3, 4])
  entry.type(3)
  entry.backspace()
  expect(entry.digits).toEqual([null, 2, 3, 4])
  entry.moveTo(2)
  entry.backspace()
  expect(entry.digits).toEqual([null, 2, null, 4])
})

test('an incomplete sum says how much is missing', () => {
  const { entry } = entryOf([1, null, 3, null])
  expect(entry.problem).toBe('2 digits are missing: type them in.')
})

test('a first digit above 4 says what was found, what is wanted and why', () => {
  const { entry } = entryOf([0, 0, 7, 0])
  expect(entry.impossible(2)).toBe(true)
  expect(entry.impossible(3)).toBe(false)
  expect(entry.problem).toBe('B0 is 7: type 0 to 4 there, so that the answer fits in 2 digits.')
})

test('stepping stays within what a cell can hold', () => {
  const { entry } = entryOf([4, 9, 0, 0])
  entry.step(1)
  expect(entry.digits[0]).toBe(4)
  entry.moveTo(1)
  entry.step(1)
  expect(entry.digits[1]).toBe(9)
  entry.moveTo(2)
  entry.step(-1)
  expect(entry.digits[2]).toBe(0)
})
