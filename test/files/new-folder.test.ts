import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newFolder } from '../../src/files/new-folder'
import { cli } from '../support/cli'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-folder-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

test('all files appear, in the folders that they name', () => {
  const path = join(scratch, 'one/new')
  newFolder(path).write([
    { path: 'page.html', content: 'page' },
    { path: 'figures/a.svg', content: 'svg' },
  ])
  expect(readFileSync(join(path, 'page.html'), 'utf8')).toBe('page')
  expect(readFileSync(join(path, 'figures/a.svg'), 'utf8')).toBe('svg')
})

test('nothing is left behind where one file cannot be written', () => {
  const path = join(scratch, 'half')
  const clash = [
    { path: 'a', content: 'a file' },
    { path: 'a/b', content: 'a file within a file' },
  ]
  expect(() => newFolder(path).write(clash)).toThrow(
    /^The folder ".*half" cannot be made \(something is there already\); choose another folder\.$/,
  )
  expect(readdirSync(scratch).filter((name) => name.startsWith('half'))).toEqual([])
})

test('a folder of the same name with an ending is kept: nothing that was there is removed', () => {
  const path = join(scratch, 'report')
  for (const name of ['report.partial', 'report.new', '.report']) {
    mkdirSync(join(scratch, name))
    writeFileSync(join(scratch, name, 'kept'), '')
  }
  const before = readdirSync(scratch, { recursive: true })
  newFolder(path).write([{ path: 'page.html', content: 'page' }])
  expect(readdirSync(scratch, { recursive: true }).sort()).toEqual([...before, 'report', 'report/page.html'].sort())
})

test('a folder that came while the work was done is refused, and kept', () => {
  const path = join(scratch, 'late')
  const folder = newFolder(path)
  mkdirSync(path)
  expect(() => {
    folder.write([{ path: 'page.html', content: 'page' }])
  }).toThrow('is there already')
  expect(readdirSync(path)).toEqual([])
})

test('asking for a folder leaves none behind, not even those above it', () => {
  const before = readdirSync(scratch)
  newFolder(join(scratch, 'above/below'))
  expect(readdirSync(scratch)).toEqual(before)
})

test('a folder that is there is refused before any work, and kept', async () => {
  const path = join(scratch, 'there')
  mkdirSync(path)
  writeFileSync(join(path, 'kept'), '')
  const { code, err } = await cli('report', '--out', path, '--model', 'any')
  expect({ code, err }).toEqual({
    code: 2,
    err: `"${path}" is there already: choose a folder that is not, so that nothing is overwritten.\n`,
  })
  expect(existsSync(join(path, 'kept'))).toBe(true)
})

test('a place where no folder can be is refused before any work', async () => {
  const file = join(scratch, 'file')
  writeFileSync(file, '')
  const { code, err } = await cli('report', '--out', join(file, 'report'), '--model', 'any')
  expect(code).toBe(2)
  expect(err).toMatch(
    /^The folder ".*" cannot be made \(a file stands where a folder is wanted\); choose another folder\.\n$/,
  )
})
