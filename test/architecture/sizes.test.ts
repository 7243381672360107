import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from './imports'

const src = resolve(import.meta.dirname, '../../src')
const lines = sourceFiles(src).map((file) => ({
  file,
  lines: readFileSync(join(src, file), 'utf8').trimEnd().split('\n').length,
}))

test('no source file is longer than 250 lines', () => {
  expect(lines.filter((one) => one.lines > 250)).toEqual([])
})

test('half of the source files have at most 60 lines', () => {
  const sorted = lines.map((one) => one.lines).toSorted((a, b) => a - b)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(60)
})
