import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { requestedModel, startModel } from '../../src/main/start-model'

const folder = mkdtempSync(join(tmpdir(), 'carryscope-models-'))
const bundled = join(folder, 'sum-4digit')
mkdirSync(bundled)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test.each([
  [['electron', '.', '--model', 'a.pt'], {}, 'a.pt'],
  [['electron', '.', '--model=a.pt'], { CARRYSCOPE_MODEL: 'b.pt' }, 'a.pt'],
  [['electron', '.'], { CARRYSCOPE_MODEL: 'b.pt' }, 'b.pt'],
])('the model asked for by %j and %j', (argv, env, path) => {
  expect(requestedModel(argv, env)).toBe(resolve(path))
})

test('a path is taken from where it was typed', () => {
  expect(requestedModel(['electron', '--model', 'a.pt'], {}, '/elsewhere')).toBe(resolve('/elsewhere/a.pt'))
})

test.each([[['electron', '.']], [['electron', '.', '--model']]])('%j asks for no model', (argv) => {
  expect(requestedModel(argv, {})).toBeNull()
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
