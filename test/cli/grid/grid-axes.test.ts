import { expect, test } from 'vitest'
import { parseAxis, runsOf } from '../../../src/cli/grid/grid-axes'

test('an axis is an option and its values, ranges of whole numbers among them', () => {
  expect(parseAxis('seeds=0-3,9')).toEqual({ option: 'seed', values: ['0', '1', '2', '3', '9'] })
  expect(parseAxis('weight-decay=0,1e-3')).toEqual({ option: 'weight-decay', values: ['0', '1e-3'] })
  expect(parseAxis('layers=1,2')).toEqual({ option: 'layers', values: ['1', '2'] })
})

test('the runs are every combination, the last axis fastest', () => {
  const runs = runsOf([parseAxis('seed=0-1'), parseAxis('weight-decay=0,1e-3')])
  expect(runs.map(({ name }) => name)).toEqual([
    'seed=0,weight-decay=0',
    'seed=0,weight-decay=1e-3',
    'seed=1,weight-decay=0',
    'seed=1,weight-decay=1e-3',
  ])
  expect(runs[3]!.values).toEqual({ seed: '1', 'weight-decay': '1e-3' })
})

test.each([
  ['seeds', 'is no axis of a grid; write an option of train and its values'],
  ['seeds=', 'is no axis of a grid'],
  ['sed=1', 'the nearest is "seed"'],
  ['out=a,b', 'There is no axis of a grid "out"'],
  ['seed=1,,2', 'has a value ""; write values with commas between'],
  ['preset=../x', 'has a value "../x"'],
  ['seed=1,0-2', 'has the value 1 twice'],
  ['seed=7-0', 'must go up'],
  ['seed=0-99999', 'over at most 10000 numbers'],
])('the axis %s is refused in a sentence', (text, words) => {
  expect(() => parseAxis(text)).toThrow(words)
})

test('two axes of one option and more runs than anyone means are refused', () => {
  expect(() => runsOf([parseAxis('seed=0'), parseAxis('seeds=1')])).toThrow('two axes "seed"')
  expect(() => runsOf([parseAxis('seed=1-999'), parseAxis('steps=1-99')])).toThrow('98901 runs')
})
