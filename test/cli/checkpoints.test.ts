import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cli, entriesOf, tensorOf, type Envelope } from '../support/cli'

const bundled = resolve(import.meta.dirname, '../../models/sum-4digit')
const scratch = mkdtempSync(join(tmpdir(), 'carryscope-checkpoints-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

/** A training of three states: two checkpoints and the model. */
const training = join(scratch, 'three')
for (const name of [
  'config.json',
  'model.safetensors',
  'checkpoints/step-000200.safetensors',
  'checkpoints/step-005000.safetensors',
])
  cpSync(join(bundled, name), join(training, name))
const sums = ['--sums', '40', '--seed', '3']

test('an analysis of all checkpoints says of each what it says of that one alone', async () => {
  const { code, out, err } = await cli(
    'analyze',
    'head-ablation',
    '--model',
    training,
    '--checkpoints',
    ...sums,
    '--json',
    '-',
  )
  expect(code).toBe(0)
  expect(err).toBe('checkpoint 1 of 3: step 200\ncheckpoint 2 of 3: step 5000\ncheckpoint 3 of 3: step 31500\n')
  const whole = JSON.parse(out) as Envelope & { checkpoints: { step: number; sha256: string }[] }
  expect(whole.checkpoints.map(({ step }) => step)).toEqual([200, 5000, 31500])
  expect(whole.model).toMatchObject({ name: 'three', sha256: whole.checkpoints[2]!.sha256 })
  expect(tensorOf(whole, 'lossDiff').dims).toEqual(['step', 'layer', 'head'])
  const paths = ['checkpoints/step-000200.safetensors', 'checkpoints/step-005000.safetensors', 'model.safetensors']
  for (const [index, path] of paths.entries()) {
    const alone = await cli('analyze', 'head-ablation', '--model', join(training, path), ...sums, '--json', '-')
    const one = JSON.parse(alone.out) as Envelope
    expect(entriesOf(tensorOf(whole, 'lossDiff'), { step: index })).toEqual(entriesOf(tensorOf(one, 'lossDiff')))
    expect(entriesOf(tensorOf(whole, 'cleanLoss'), { step: index })).toEqual([one.result['cleanLoss']])
  }
})

test('for people each step is a row', async () => {
  const { out } = await cli(
    'analyze',
    'performance',
    '--model',
    join(training, 'checkpoints'),
    '--checkpoints',
    ...sums,
  )
  expect(out).toMatch(/^performance of three \(SHA-256 \w+…\), 3 checkpoints from step 200 to 31500\n40 sums, seed 3/)
  expect(out).toMatch(/^ {2}step .*loss.*exactMatch/m)
  expect(out).toMatch(/^ {2}31500 .* 1 /m)
  expect(out).toContain('lossPerDigit [step 3, digit 4], nats')
})

test('a training that has no model yet is analyzed as far as it is', async () => {
  const going = join(scratch, 'going')
  for (const name of ['config.json', 'checkpoints/step-000200.safetensors'])
    cpSync(join(bundled, name), join(going, name))
  const { code, out } = await cli('analyze', 'unembedding', '--model', going, '--checkpoints', '--json', '-')
  expect(code).toBe(0)
  expect(tensorOf(JSON.parse(out) as Envelope, 'gram')).toMatchObject({
    dims: ['step', 'logit', 'logit'],
    shape: [1, 10, 10],
  })
})

test.each([
  [
    'an empty folder',
    () => {},
    /^"[^"]*" has no checkpoints \(files such as .*\): name the folder of a training, as .*\.\n$/,
  ],
  [
    'a checkpoint that was cut off',
    (folder: string) => {
      cpSync(join(bundled, 'checkpoints/step-000200.safetensors'), join(folder, 'step-200.safetensors'))
      truncateSync(join(folder, 'step-200.safetensors'), 5000)
    },
    /step-200\.safetensors" .*cut off/,
  ],
  [
    'two files of one step',
    (folder: string) => {
      for (const name of ['step-200.pt', 'step-0200.safetensors']) writeFileSync(join(folder, name), '')
    },
    /^"step-0?200\.\w+" and "step-0?200\.\w+" in "[^"]*" both stand at step 200: leave one of them there\.\n$/,
  ],
  [
    'a checkpoint of another size',
    (folder: string) => {
      cpSync(join(bundled, 'checkpoints/step-000200.safetensors'), join(folder, 'step-200.safetensors'))
      cpSync(join(bundled, '../sum-3digit-mlp/model.safetensors'), join(folder, 'step-100.safetensors'))
    },
    /^The checkpoint "step-100\.safetensors" cannot be opened as one: The configuration has n_ctx 12, but .*\.\n$/,
  ],
])('%s is told in a sentence', async (name, prepare, sentence) => {
  const folder = join(scratch, name)
  mkdirSync(folder)
  prepare(folder)
  const { code, out, err } = await cli('analyze', 'weights', '--model', folder, '--checkpoints')
  expect([code, out]).toEqual([2, ''])
  expect(err.replace(/^checkpoint .*\n/, '')).toMatch(sentence)
})

test('checkpoints of two models of one layout are refused', async () => {
  const folder = join(scratch, 'mixed')
  const train = async (name: string, heads: string) => {
    const sizes = ['--layers', '1', '--d-model', '8', '--d-head', '4', '--batch-size', '8', '--steps', '1']
    expect((await cli('train', '--out', join(scratch, name), '--heads', heads, ...sizes)).code).toBe(0)
  }
  await train('one head', '1')
  await train('two heads', '2')
  mkdirSync(folder)
  cpSync(join(scratch, 'one head/model.safetensors'), join(folder, 'step-1.safetensors'))
  cpSync(join(scratch, 'two heads/model.safetensors'), join(folder, 'step-2.safetensors'))
  const { code, err } = await cli('analyze', 'weights', '--model', folder, '--checkpoints')
  expect(code).toBe(2)
  expect(err).toMatch(/The checkpoint "[^"]*step-1\.safetensors" is of another size than the last, .*\.\n$/)
})
