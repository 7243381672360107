import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { describeModel } from '../../src/engine/describe-model'
import { listModels } from '../../src/engine/list-models'

const folder = mkdtempSync(join(tmpdir(), 'carryscope-list-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
mkdirSync(join(folder, 'run'))
mkdirSync(join(folder, 'other'))
mkdirSync(join(folder, 'checkpoints'))
writeFileSync(join(folder, 'run', 'config.json'), '{}')
for (const name of ['b-10.pt', 'b-9.pt', 'notes.txt', join('checkpoints', 'step-1.safetensors')])
  writeFileSync(join(folder, name), '')

const wanted = ['b-9.pt', 'b-10.pt', 'run', join('checkpoints', 'step-1.safetensors')].map((name) => join(folder, name))

test("a folder's models, those beside a file, and a training's checkpoints are listed", async () => {
  const all = { folder, paths: wanted, more: 0 }
  expect(await listModels(folder)).toEqual(all)
  expect(await listModels(join(folder, 'b-9.pt'))).toEqual(all)
  expect(await listModels(join(folder, 'checkpoints', 'step-1.safetensors'))).toEqual(all)
})

test('a place that is gone is told in a sentence', async () => {
  await expect(listModels(join(folder, 'gone'))).rejects.toThrow('any more; name a folder that is there.')
  await expect(describeModel(join(folder, 'b-9.pt'))).rejects.toThrow('b-9.pt')
})

test('a model is described by its size, its layout and what it gets right', async () => {
  const described = await describeModel(resolve(import.meta.dirname, '../../models/sum-3digit-mlp'))
  expect(described).toMatchObject({ bytes: 162_072, right: 200, of: 200, config: { layout: { answerDigits: 4 } } })
})
