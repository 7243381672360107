import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession } from '../../src/engine/onnxruntime'
import { afterAll, expect, test } from 'vitest'
import { runCli } from '../../src/cli/run-cli'
import { exportSafetensors } from '../../src/model/export-model'
import { openModelBytes } from '../../src/model/files/open-model'
import { fullProcessing, processWeights } from '../../src/model/processing'
import { largestDifference } from '../support/compare'
import { randomModel } from '../support/random-model'

const folder = mkdtempSync(join(tmpdir(), 'carryscope-export-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const original = randomModel()
const path = join(folder, 'model.safetensors')
writeFileSync(path, exportSafetensors(original))

/** Runs one command line; what it wrote, and its exit code. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const terminal = {
    out: (text: string) => {
      written.out += text
    },
    err: (text: string) => {
      written.err += text
    },
    interactive: false,
  }
  const nowhere = {
    commandEntry: '',
    engineEntry: '',
    trialEntry: '',
    evaluatorEntry: '',
    jobEntry: '',
    trainerEntry: '',
    pageFolder: '',
    peersFolder: '',
    modelsFolder: folder,
    version: '1.2.3',
  }
  return { code: await runCli(args, { terminal, installation: nowhere }), ...written }
}

test('an .onnx file has the outputs that were asked for', async () => {
  const file = join(folder, 'out.onnx')
  const { code, out } = await run('export', file, '--model', path, '--hooks', 'logits,dla')
  expect(code).toBe(0)
  expect(out).toContain(file)
  expect((await InferenceSession.create(file)).outputNames).toEqual(['logits', 'dla'])
})

test.each([true, false])('a .safetensors file holds the weights in use, raw (%s) or processed', async (raw) => {
  const file = join(folder, `raw-${raw}.safetensors`)
  expect(await run('export', file, '--model', path, ...(raw ? ['--raw'] : []))).toMatchObject({ code: 0 })
  const { config, weights } = openModelBytes('copy', new Map([['copy', readFileSync(file)]]))
  const expected = raw ? original : processWeights(original, fullProcessing)
  expect(config).toEqual(expected.config)
  for (const [name, { data }] of expected.weights)
    expect(largestDifference(weights.get(name)!.data, data), name).toBeLessThan(1e-12)
})

test.each([
  [['model.gguf'], /cannot be exported to "model\.gguf"/],
  [['a.safetensors', '--hooks', 'logits'], /Only an \.onnx file has outputs to choose/],
  [['a.onnx', '--hooks', 'blocks.0.hook_resid'], /no hook "blocks\.0\.hook_resid"; the nearest name is/],
  [['/no/such/folder/a.onnx'], /cannot be written .*choose another place/],
])('bad input is one sentence and exit code 2: export %j', async (args, sentence) => {
  const { code, out, err } = await run('export', ...args, '--model', path)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toMatch(sentence)
})
