import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { circlesOf, importGraph } from './circles'

test('no imports lead back to the file they started from', () => {
  const graph = importGraph(resolve(import.meta.dirname, '../../src'))
  expect(graph.get('contract/contract.ts')).toContain('core/tensor.ts')
  expect(circlesOf(graph)).toEqual([])
})

test('a circle of three is found, and told in order', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a', 'd']],
    ['d', []],
  ])
  expect(circlesOf(graph)).toEqual([['a', 'b', 'c', 'a']])
})
