import { afterAll, expect, test } from 'vitest'
import { chunkedModel } from '../../src/engine/chunked-model'
import { editableHooks } from '../../src/engine/editable-hooks'
import { OnnxModel } from '../../src/engine/onnx-model'
import { hooksOf } from '../../src/model/hooks'
import type { Edit } from '../../src/model/model'
import { summed } from '../../src/model/summed-hook'
import { firstDivergence, toleranceOf } from '../support/first-divergence'
import { randomEdits, randomTokens } from '../support/random-edits'
import { randomModel, smallConfig } from '../support/random-model'

const oracle = randomModel(smallConfig({ normalization_type: 'LNPre' }))
const { config } = oracle
const model = new OnnxModel(oracle)
afterAll(() => model.dispose())
const hooks = hooksOf(config).map((hook) => hook.name)

test('tensors come back labelled as the oracle labels them, in the order that was asked', async () => {
  const tokens = randomTokens(config, 2, 1)
  const outputs = hooks.toReversed()
  const positions = [9, 12]
  const [found, expected] = await Promise.all([
    model.run(tokens, { outputs, positions }),
    oracle.run(tokens, { outputs, positions }),
  ])
  expect([...found.keys()]).toEqual(outputs)
  for (const name of outputs) expect({ ...found.get(name)!, data: [] }).toEqual({ ...expected.get(name)!, data: [] })
})

test('a batch gives to the bit what its chunks give, under edits', async () => {
  const examples = 300
  const tokens = randomTokens(config, examples, 1)
  const options = {
    outputs: [...hooks, 'dla'],
    edits: randomEdits(config, editableHooks(config), { examples, seed: 6 }),
  }
  const chunked = chunkedModel(model, () => Promise.resolve())
  const [whole, parts] = [await model.run(tokens, options), await chunked.run(tokens, options)]
  expect(firstDivergence(options.outputs, parts, whole, () => 0)).toBeNull()
})

test('sums over the examples are those of the activations, in one batch and in chunks', async () => {
  const tokens = randomTokens(config, 300, 1)
  const outputs = hooks.filter((hook) => !hook.endsWith('scores')).map(summed)
  const expected = await oracle.run(tokens, { outputs })
  const perSum = (name: string): number => 300 * toleranceOf(name.replace(/\.sum$/, ''))
  for (const one of [model, chunkedModel(model, () => Promise.resolve())])
    expect(firstDivergence(outputs, await one.run(tokens, { outputs }), expected, perSum)).toBeNull()
})

test('one batch holds clean and intervened rows side by side', async () => {
  const tokens = randomTokens(config, 2, 1)
  const hook = 'blocks.0.attn.hook_z'
  const mask = { shape: [2, 1, 1, 1], data: Uint8Array.of(0, 1) }
  const edit: Edit = { hook, mask, value: { shape: [1, 1, 1, 1], data: Float64Array.of(0.5) } }
  const width = config.n_ctx * config.d_vocab
  const mixed = (await model.run(tokens, { outputs: ['logits'], edits: [edit] })).get('logits')!
  const clean = (await model.run(tokens, { outputs: ['logits'] })).get('logits')!
  expect(mixed.data.subarray(0, width)).toEqual(clean.data.subarray(0, width))
  expect(mixed.data.subarray(width)).not.toEqual(clean.data.subarray(width))
})

test('from the process’s heap it gives to the bit what it gives from arenas, whatever ran before', async () => {
  const heap = new OnnxModel(oracle, { oneHeap: true })
  for (const examples of [60, 1, 200, 2]) {
    const tokens = randomTokens(config, examples, examples)
    const options = { outputs: hooks, edits: randomEdits(config, editableHooks(config), { examples, seed: 3 }) }
    const [found, expected] = await Promise.all([heap.run(tokens, options), model.run(tokens, options)])
    expect(firstDivergence(hooks, found, expected, () => 0)).toBeNull()
  }
  await heap.dispose()
})

test('an edit that nothing asked for depends on does no harm', async () => {
  const tokens = randomTokens(config, 2, 1)
  const edits = randomEdits(config, ['blocks.1.attn.hook_z'], { examples: 2, seed: 1 })
  const outputs = ['blocks.0.attn.hook_pattern']
  const [edited, clean] = [await model.run(tokens, { outputs, edits }), await model.run(tokens, { outputs })]
  expect(firstDivergence(outputs, edited, clean, () => 0)).toBeNull()
})

test('a model runs again after it was disposed of, and with fewer sessions than it needs', async () => {
  const small = new OnnxModel(oracle, { sessions: 1 })
  const tokens = randomTokens(config, 2, 1)
  const runs = await Promise.all(hooks.map((name) => small.run(tokens, { outputs: [name] })))
  await small.dispose()
  const again = await small.run(tokens, { outputs: hooks })
  await small.dispose()
  const alone = new Map(runs.flatMap((cache) => [...cache]))
  expect(firstDivergence(hooks, alone, again, () => 1e-5)).toBeNull()
})

test('an edit whose shape does not fit fails with the operator named, and the next run works', async () => {
  const tokens = randomTokens(config, 2, 1)
  const hook = 'blocks.0.attn.hook_q'
  const value = { shape: [1, 1, 1, 1], data: Float32Array.of(0) }
  const run = (shape: number[]) =>
    model.run(tokens, {
      outputs: ['logits'],
      edits: [{ hook, value, mask: { shape, data: new Uint8Array(shape[1]!) } }],
    })
  await expect(run([1, 5, 1, 1])).rejects.toThrow('Where')
  expect((await run([1, 14, 1, 1])).get('logits')!.shape).toEqual([2, 14, 12])
})
