import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkNativeCode, expectedNativeCode } from '../../src/main/native-code'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const all = {
  'bin/napi-v6/linux/x64/a.so.1': hash('a'),
  'bin/napi-v6/linux/arm64/a.so.1': hash('b'),
  'bin/napi-v6/win32/x64/a.dll': hash('c'),
}
const expected = expectedNativeCode('linux', 'x64', all)
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-native-'))
  mkdirSync(join(folder, 'bin/napi-v6/linux/x64'), { recursive: true })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('the libraries of one platform are looked at', () => {
  expect(expected).toEqual([['bin/napi-v6/linux/x64/a.so.1', hash('a')]])
})

test('libraries that are as they were built pass, and others may lie beside them', async () => {
  writeFileSync(join(folder, 'bin/napi-v6/linux/x64/a.so.1'), 'a')
  writeFileSync(join(folder, 'bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'), 'added')
  expect(await checkNativeCode(folder, expected)).toBeNull()
})

test('one that was changed, and one that is gone, are refused by name', async () => {
  const path = join(folder, 'bin/napi-v6/linux/x64/a.so.1')
  expect(await checkNativeCode(folder, expected)).toBe(`The library "${path}" is missing: install Carryscope again.`)
  writeFileSync(path, 'b')
  expect(await checkNativeCode(folder, expected)).toBe(
    `The library "${path}" is not the one that Carryscope was built with: install Carryscope again.`,
  )
})
