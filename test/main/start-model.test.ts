import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startModel } from '../../src/main/start-model'

const folder = mkdtempSync(join(tmpdir(), 'carryscope-models-'))
const bundled = join(folder, 'sum-4digit')
mkdirSync(bundled)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('a model asked for by name comes first, even one that is missing', () => {
  expect(startModel('/gone.pt', bundled, folder)).toBe('/gone.pt')
})

test('the session is continued with its model, and with the bundled one where that is gone', () => {
  expect(startModel(null, folder, folder)).toBe(folder)
  expect(startModel(null, join(folder, 'gone.pt'), folder)).toBe(bundled)
})

test('without any model the app starts without one', () => {
  expect(startModel(null, null, join(folder, 'nothing-here'))).toBeNull()
})
