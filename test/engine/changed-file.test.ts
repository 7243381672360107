import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadModel } from '../../src/engine/load-model'
import { asOpened } from '../../src/host/restarting-engine'
import { root } from '../support/installed'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-changed-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

test('a model whose file changed after it was opened is not opened again in its place, which is said in one sentence', async () => {
  const path = join(scratch, 'model')
  cpSync(`${root}/models/sum-4digit`, path, { recursive: true })
  const params = { source: { path } }
  const { info, model } = await loadModel(params)
  await model.dispose()
  const again = asOpened(params, info)
  const unchanged = await loadModel(again)
  await unchanged.model.dispose()

  const weights = readFileSync(join(path, 'model.safetensors'))
  const other = Buffer.from(weights)
  // The last mantissa bits of the last weight.
  other[other.length - 4]! ^= 1
  writeFileSync(join(path, 'model.safetensors'), other)
  await expect(loadModel(again)).rejects.toThrow(
    /^The file of the model "model" has changed since it was opened \(its weights had SHA-256 \w{8}… and have \w{8}…\): open it again to go on with what it holds now\.$/,
  )

  writeFileSync(join(path, 'model.safetensors'), weights)
  const config = readFileSync(join(path, 'config.json'), 'utf8')
  writeFileSync(join(path, 'config.json'), JSON.stringify({ ...JSON.parse(config), eps: 0.5 }))
  await expect(loadModel(again)).rejects.toThrow('its configuration is another one')
})
