import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from './imports'

const src = resolve(import.meta.dirname, '../../src')
const sources = sourceFiles(src).map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))
const lines = sources.map(({ file, text }) => ({ file, lines: text.trimEnd().split('\n').length }))

test('no source file is longer than 250 lines', () => {
  expect(lines.filter((one) => one.lines > 250)).toEqual([])
})

test('half of the source files have at most 60 lines', () => {
  const sorted = lines.map((one) => one.lines).toSorted((a, b) => a - b)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(60)
})

test('no line is kept from the formatter, so that a file is as long as it looks', () => {
  expect(sources.filter(({ text }) => text.includes('prettier-ignore')).map(({ file }) => file)).toEqual([])
})
