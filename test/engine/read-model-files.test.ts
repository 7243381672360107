import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readModelFiles } from '../../src/engine/read-model-files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-files-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test.skipIf(process.platform === 'win32')('pipes, devices and links to them are refused, in folders too', async () => {
  execFileSync('mkfifo', [join(folder, 'model.safetensors')])
  symlinkSync('/dev/zero', join(folder, 'zero.pt'))
  await expect(readModelFiles(join(folder, 'model.safetensors'))).rejects.toThrow('is no regular file but a pipe')
  await expect(readModelFiles(folder)).rejects.toThrow('is no regular file but a pipe')
  await expect(readModelFiles(join(folder, 'zero.pt'))).rejects.toThrow('is no regular file but a device')
})

test('of a folder only the weights and the configuration are read', async () => {
  for (const name of ['my.pt', 'config.json', 'notes.txt']) put(name, '{}')
  const { files, weightsPath, name } = await readModelFiles(folder)
  expect([...files.keys()].toSorted()).toEqual(['config.json', 'my.pt'])
  expect(weightsPath).toBe(join(folder, 'my.pt'))
  expect(folder.endsWith(name)).toBe(true)
})

test('a single file comes with the configuration beside it, or above its checkpoints, if that is of a model', async () => {
  const file = put('my.pt', '')
  put('config.json', '{"name": "something else"}')
  expect([...(await readModelFiles(file)).files.keys()]).toEqual(['my.pt'])
  put('config.json', '{"n_layers": 1}')
  expect([...(await readModelFiles(file)).files.keys()]).toEqual(['my.pt', 'config.json'])
  mkdirSync(join(folder, 'checkpoints'))
  const checkpoint = put('checkpoints/step-1.pt', '')
  expect([...(await readModelFiles(checkpoint)).files.keys()]).toEqual(['step-1.pt', 'config.json'])
})
