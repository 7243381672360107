import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeWhole } from '../../src/cli/whole-file'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-file-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

test('a file is written, and written over', () => {
  const path = join(scratch, 'a.json')
  for (const text of ['one', 'another']) {
    writeWhole(path, text)
    expect(readFileSync(path, 'utf8')).toBe(text)
  }
})

test('where it cannot be written, nothing is left, and an earlier one stays', () => {
  const kept = join(scratch, 'kept.json')
  writeFileSync(kept, 'earlier')
  mkdirSync(`${kept}.partial`)
  expect(() => {
    writeWhole(kept, 'later')
  }).toThrow()
  expect(readFileSync(kept, 'utf8')).toBe('earlier')
  expect(() => {
    writeWhole(join(scratch, 'no/such/folder'), 'text')
  }).toThrow('ENOENT')
  expect(readdirSync(scratch)).not.toContain('no')
})

test.skipIf(process.platform === 'win32')(
  'a device is written to, not replaced (needs one, which Windows has not)',
  () => {
    writeWhole('/dev/null', 'text')
    expect(statSync('/dev/null').isFile()).toBe(false)
  },
)
