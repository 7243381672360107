import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import { encodeSum } from '../../../src/core/tokens'
import { tensor } from '../../../src/core/tensor'
import { openModelBytes, type Reading } from '../../../src/model/files/open-model'
import { ReferenceModel } from '../../../src/model/reference-model'

/** Small files of every kind that people have, written by make_cases.py, and what TransformerLens computes with each. */
const own = join(import.meta.dirname, 'cases')
const shared = resolve(import.meta.dirname, '../../../../shared/cases/models')
const hasShared = readdirSync(resolve(shared, '..'), { withFileTypes: true }).some(({ name }) => name === 'models')

type LogProbs = Readonly<Record<string, readonly number[]>>
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as LogProbs

function opened(path: string) {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const paths = statSync(path).isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path]
  return openModelBytes(name, new Map(paths.map((file) => [file.slice(file.lastIndexOf('/') + 1), readFileSync(file)])))
}

/** Log-probabilities at the position that predicts C0 of 12+34, in the float64 oracle. */
async function logProbs({ config, weights }: Reading): Promise<number[]> {
  const model = new ReferenceModel({ name: '', sha256: '', config, weights })
  const tokens = tensor(['example', 'position'], [1, 8], encodeSum({ a: 12, b: 34 }, publishedLayout(2)))
  const all = (await model.run(tokens, { outputs: ['logits'] })).get('logits')!.data
  const logits = Array.from(all).slice(5 * 12, 6 * 12)
  const largest = Math.max(...logits)
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0))
  return logits.map((logit) => logit - largest - total)
}

async function expectLogProbs(reading: Reading, wanted: readonly number[], tolerance = 1e-4) {
  const found = await logProbs(reading)
  for (const [index, value] of wanted.entries()) expect(Math.abs(found[index]! - value)).toBeLessThan(tolerance)
}

/** Half precision leaves three digits. */
const toleranceOf = (name: string) => (name === 'half.pt' ? 0.02 : 1e-4)

describe('files of every kind give what TransformerLens gives', () => {
  for (const [name, wanted] of Object.entries(readJson(join(own, 'expected.json'))))
    test(name, async () => expectLogProbs(opened(join(own, name)), wanted, toleranceOf(name)))
})

test('where a checkpoint keeps its weights is known', () => {
  const storedOf = (name: string) => opened(join(own, name)).stored
  expect(storedOf('plain.pt')).toEqual({ within: [], prefix: '', isNative: false })
  expect(storedOf('wrapped-state_dict.pt')).toEqual({ within: ['state_dict'], prefix: '', isNative: false })
  expect(storedOf('series.pt')).toEqual({ within: ['checkpoints', '1'], prefix: '', isNative: false })
  expect(storedOf('native.pt')).toEqual({ within: ['model'], prefix: '', isNative: true })
  expect(storedOf('compiled-lightning.pt')).toEqual({ within: [], prefix: 'model._orig_mod.', isNative: false })
})

describe.skipIf(!hasShared)('files as people have them (needs ../shared/cases)', () => {
  const wanted = hasShared ? readJson(join(shared, 'expected-logprobs-12+34-at-C0.json')) : {}
  const like = (file: string, name = 'plain.pt') =>
    test(file, async () => expectLogProbs(opened(join(shared, file)), wanted[name]!))
  like('plain.pt')
  like('old-format.pt')
  like('pickle-protocol-4.pt')
  like('prefix-_orig_mod.pt')
  like('wrapped-model-epoch.pt')
  like('folder-with-pt')

  test('a bias of stride 0 is spread out', async () => {
    const model = opened(join(shared, 'expanded-bias.pt'))
    expect(new Set(model.weights.get('unembed.b_U')!.data).size).toBe(1)
  })

  test('a native state_dict of TransformerLens 4 can have any number of heads that divides its rows', async () => {
    const { alternatives, ...first } = opened(join(shared, 'tl4-native-bridge.pt'))
    const two = [first, ...alternatives].find(({ config }) => config.n_heads === 2)!
    await expectLogProbs(two, wanted['plain.pt']!)
  })

  test('without LayerNorm keys, normalization is left open', async () => {
    const { alternatives, ...first } = opened(join(shared, 'norm-none.pt'))
    await expectLogProbs(first, wanted['norm-none.pt (read as LNPre)']!)
    const none = alternatives.find(({ config }) => config.normalization_type === null)!
    await expectLogProbs(none, wanted['norm-none.pt (really normalization_type=None)']!)
  })

  test.each([
    ['config-bidirectional', /^The configuration "config.json" has attention_dir "bidirectional", but here a position/],
    ['config-no-attn-scale', /^The configuration "config.json" has use_attn_scale false, but here attention scores/],
    ['git-lfs-pointer.pt', /is a Git LFS pointer, .* run "git lfs pull"/],
  ])('%s is refused', (name, sentence) => {
    expect(() => opened(join(shared, name))).toThrow(sentence)
  })
})
