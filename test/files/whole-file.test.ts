import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkWritable, writeWhole } from '../../src/files/whole-file'

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
  // What is no content fails as late as a full disk: when the new file is there and empty.
  expect(() => {
    writeWhole(kept, null as never)
  }).toThrow(TypeError)
  expect(readFileSync(kept, 'utf8')).toBe('earlier')
  expect(() => {
    writeWhole(join(scratch, 'no/such/folder'), 'text')
  }).toThrow('ENOENT')
  expect(readdirSync(scratch).filter((name) => name !== 'a.json')).toEqual(['kept.json'])
})

const { platform } = process
const links = platform === 'win32' ? test.skip : test

links('a file is written through links, also to where none is yet (needs links, which Windows gives to few)', () => {
  mkdirSync(join(scratch, 'there'))
  symlinkSync('there/b.json', join(scratch, 'link'))
  symlinkSync(join(scratch, 'link'), join(scratch, 'there/link-to-link'))
  for (const text of ['one', 'another']) {
    writeWhole(join(scratch, 'there/link-to-link'), text)
    expect(readFileSync(join(scratch, 'there/b.json'), 'utf8')).toBe(text)
  }
  for (const name of ['link', 'there/link-to-link']) expect(lstatSync(join(scratch, name)).isSymbolicLink()).toBe(true)
})

links('links that lead nowhere or in a circle are refused and kept (needs links, which Windows gives to few)', () => {
  symlinkSync('no/such/folder', join(scratch, 'broken'))
  symlinkSync('circle', join(scratch, 'circle'))
  for (const [name, code] of [
    ['broken', 'ENOENT'],
    ['circle', 'ELOOP'],
  ] as const)
    for (const write of [writeWhole, checkWritable]) {
      expect(() => {
        write(join(scratch, name), 'text')
      }).toThrow(expect.objectContaining({ code }))
      expect(lstatSync(join(scratch, name)).isSymbolicLink()).toBe(true)
    }
})

links('a file keeps its permissions (needs some, which Windows has not)', () => {
  const path = join(scratch, 'private.json')
  writeFileSync(path, 'earlier', { mode: 0o600 })
  writeWhole(path, 'later')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

links('a device is written to, not replaced (needs one, which Windows has not)', () => {
  writeWhole('/dev/null', 'text')
  expect(statSync('/dev/null').isFile()).toBe(false)
})

test.skipIf(platform !== 'linux')('a stream is written to, not the file that it is sent to (needs /proc)', () => {
  const path = join(scratch, 'stdout')
  const file = openSync(path, 'w')
  const before = statSync(path).ino
  writeWhole(`/proc/self/fd/${file}`, 'text')
  closeSync(file)
  expect(readFileSync(path, 'utf8')).toBe('text')
  expect(statSync(path).ino).toBe(before)
})

test('whether a file can be written is seen without touching it, and a folder is none', () => {
  const path = join(scratch, 'seen.json')
  checkWritable(path)
  expect(existsSync(path)).toBe(false)
  writeFileSync(path, 'earlier')
  checkWritable(path)
  expect(readFileSync(path, 'utf8')).toBe('earlier')
  expect(() => {
    checkWritable(scratch)
  }).toThrow('EISDIR')
})
