import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeConfig } from '../../src/model/files/config-file'
import { writeSafetensors } from '../../src/model/files/safetensors-writer'
import { randomWeights } from '../../src/model/random-weights'
import { formatSum, parseSum } from '../../src/core/sum-text'
import { tokensOf } from '../../src/core/tokens'
import { publishedLayout } from '../../src/core/task-layout'
import { plainScores } from '../../src/engine/exhaustive/plain-comparison'
import type { MeasuredEvaluation } from '../../src/model/exhaustive/evaluation'
import { cli } from '../support/cli'
import { smallConfig } from '../support/random-model'
import { checkpointPath, hasReference, needsReference, publishedModel, readReference } from '../support/reference-data'

let folder: string
let modelPath: string
let shards: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'))
  modelPath = join(folder, 'model.safetensors')
  await writeFile(modelPath, writeSafetensors(randomWeights(smallConfig({ numDigits: 2, n_layers: 1 }), 1)))
  shards = await Promise.all(
    ['1/2', '2/2'].map(async (shard, index) => {
      const file = join(folder, `shard${index}.json`)
      expect(
        await cli(
          'evaluate',
          '--model',
          modelPath,
          '--exhaustive',
          '--processes',
          '1',
          '--shard',
          shard,
          '--json',
          file,
        ),
      ).toMatchObject({ code: 0, out: '' })
      return file
    }),
  )
})
afterAll(async () => rm(folder, { recursive: true }))

const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as { result: MeasuredEvaluation }

test('two shards, merged, are every sum of two digits', async () => {
  const file = join(folder, 'whole.json')
  expect(await cli('merge', ...shards, '--json', file)).toMatchObject({ code: 0 })
  const { result } = await read(file)
  expect(result.n).toBe(2500)
  expect(result.wrong).toBe((await Promise.all(shards.map(read))).reduce((total, part) => total + part.result.wrong, 0))
  expect(result.patterns).toMatchObject({ KK: { n: 1125 }, KP: { n: 250 }, KG: { n: 1125 } })
})

test('without --json the result is a table for people', async () => {
  const { out } = await cli('evaluate', '--model', modelPath, '--sums', '50')
  expect(out).toMatch(
    /^evaluation of model\.safetensors \(SHA-256 [0-9a-f]{8}…\)\n50 sums, \d+ wrong \(exact match 0\.\d+\), loss [\d.]+ nats, smallest margin -?[\d.]+ logits\n/,
  )
  expect(out).toMatch(/\n {2}pattern +sums +wrong +loss \(nats\) +smallest margin +median\n {2}KK /)
})

test.each([
  [['evaluate', '--shard', '1/2'], 'The option --shard is for --exhaustive; give both, or neither.'],
  [['evaluate', '--exhaustive', '--sums', '5'], 'An exhaustive evaluation takes every sum; leave --sums out.'],
  [
    ['evaluate', '--nines', '1', '--seed', '5'],
    'The sums are either drawn or those with columns of 9; leave --nines out, or --sums and --seed.',
  ],
  [['merge', '/nowhere.json'], 'There is no file "/nowhere.json"; name the shards\' JSON files.'],
])('%o is refused', async (args, sentence) => {
  expect(await cli(...args)).toEqual({ code: 2, out: '', err: `${sentence}\n` })
})

test('shards that do not belong together, are missing or come twice are refused', async () => {
  const [one, two] = shards as [string, string]
  const err = async (...files: string[]) => (await cli('merge', ...files)).err
  expect(await err(one)).toBe('Shard 2/2 is missing; evaluate it and name its file too.\n')
  expect(await err(one, two, two)).toBe(`Shard 2/2 is in "${two}" and "${two}"; name one of them only.\n`)
  const other = join(folder, 'other.json')
  await writeFile(other, (await readFile(two, 'utf8')).replace('teacher-forced', 'greedy'))
  expect(await err(one, other)).toBe(
    `The files "${one}" and "${other}" are not shards of the same evaluation; merge those of one model, decoding, ablation and number of shards.\n`,
  )
  const config = join(folder, 'config.json')
  await writeFile(config, writeConfig(smallConfig()))
  expect(await err(config)).toBe(
    `The file "${config}" is not the JSON of an exhaustive evaluation; name what "evaluate --exhaustive --json" wrote.\n`,
  )
})

test.skipIf(!hasReference)(`20,000 sums fare as published (${needsReference})`, async () => {
  const file = join(folder, 'sample.json')
  expect(await cli('evaluate', '--model', checkpointPath, '--json', file)).toMatchObject({ code: 0 })
  const { result } = await read(file)
  const { set20000_seed7: published } = readReference('accuracy.json') as {
    set20000_seed7: {
      n_wrong: number
      loss: number
      loss_per_digit: number[]
      wrong: { sum: string; pred: string; margin: number[] }[]
    }
  }
  expect(result.wrong).toBe(published.n_wrong)
  expect(result.loss).toBeCloseTo(published.loss, 6)
  for (const [digit, loss] of published.loss_per_digit.entries())
    expect(result.lossPerDigit[digit]).toBeCloseTo(loss, 6)
  for (const { sum, pred, margin } of published.wrong) {
    const { a, b } = parseSum(sum.split('=')[0]!, publishedLayout(4))
    const found = result.wrongSums.find((wrong) => wrong.a === a && wrong.b === b)
    expect(found?.predicted).toBe(pred)
    expect(found?.margin).toBeCloseTo(Math.min(...margin), 3)
  }
})

test.skipIf(!hasReference)(`every sum called wrong is wrong in the oracle too (${needsReference})`, async () => {
  const file = join(folder, 'shard.json')
  const shard = ['--exhaustive', '--processes', '1', '--shard', '1/1000']
  expect(await cli('evaluate', '--model', checkpointPath, ...shard, '--json', file)).toMatchObject({ code: 0 })
  const { result } = await read(file)
  expect(result.n).toBe(25_000)
  expect(result.wrong).toBeGreaterThan(0)
  const { margins } = await plainScores(publishedModel(), tokensOf(result.wrongSums, publishedLayout(4)))
  for (const [index, sum] of result.wrongSums.entries()) {
    const smallest = Math.min(...margins.slice(4 * index, 4 * index + 4))
    expect(Math.abs(smallest - sum.margin), formatSum(sum, publishedLayout(4))).toBeLessThan(3e-4)
    if (sum.margin < -3e-4) expect(smallest, formatSum(sum, publishedLayout(4))).toBeLessThan(0)
  }
})
