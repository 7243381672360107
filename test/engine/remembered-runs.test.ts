import { expect, test } from 'vitest'
import { RememberedRuns } from '../../src/engine/remembered-runs'
import type { Model } from '../../src/model/model'
import { randomEdits, randomTokens } from '../support/random-edits'
import { randomModel } from '../support/random-model'

const oracle = randomModel()
const tokens = randomTokens(oracle.config, 2, 1)
const others = randomTokens(oracle.config, 2, 2)
const options = { outputs: ['logits'] }

/** The oracle, counting how often it really runs. */
function counting(): { model: Model; runs: () => number } {
  let runs = 0
  const run: Model['run'] = (given, asked) => {
    runs++
    return oracle.run(given, asked)
  }
  return { model: { name: '', sha256: '', config: oracle.config, weights: oracle.weights, run }, runs: () => runs }
}

test('the same clean run is made once; other sums, outputs or positions are others', async () => {
  const { model, runs } = counting()
  const remembered = new RememberedRuns().of(model)
  const first = await remembered.run(tokens, options)
  expect(await remembered.run({ ...tokens, data: tokens.data.slice() }, { ...options, edits: [] })).toBe(first)
  expect(runs()).toBe(1)
  await remembered.run(others, options)
  await remembered.run(tokens, { outputs: ['hook_embed'] })
  await remembered.run(tokens, { ...options, positions: [9] })
  expect(runs()).toBe(4)
})

test('a run with edits or a later start is always made, and is not taken for a clean one', async () => {
  const { model, runs } = counting()
  const remembered = new RememberedRuns().of(model)
  const edits = randomEdits(oracle.config, ['blocks.0.attn.hook_z'], { examples: 2, seed: 1 })
  const edited = await remembered.run(tokens, { ...options, edits })
  await remembered.run(tokens, { ...options, edits })
  expect((await remembered.run(tokens, options)).get('logits')!.data).not.toEqual(edited.get('logits')!.data)
  const residPre = (await oracle.run(tokens, { outputs: ['blocks.1.hook_resid_pre'] })).get('blocks.1.hook_resid_pre')!
  for (let index = 0; index < 2; index++) await remembered.run(tokens, { ...options, start: { layer: 1, residPre } })
  expect(runs()).toBe(5)
})

test('what was not asked for the longest is forgotten first, and what is too large at once', async () => {
  const { model, runs } = counting()
  const size = (await oracle.run(tokens, options)).get('logits')!.data.byteLength
  const remembered = new RememberedRuns(2 * size).of(model)
  for (const given of [tokens, others, tokens, randomTokens(oracle.config, 2, 3), tokens, others])
    await remembered.run(given, options)
  expect(runs()).toBe(4)
  await remembered.run(randomTokens(oracle.config, 9, 1), options)
  await remembered.run(tokens, options)
  expect(runs()).toBe(5)
})

test('nothing is kept of a whole that does not fit, and everything of one that does', async () => {
  const { model, runs } = counting()
  const size = (await oracle.run(tokens, options)).get('logits')!.data.byteLength
  const memory = new RememberedRuns(2 * size)
  for (let time = 0; time < 2; time++) await memory.of(model, 5).run(tokens, options)
  expect(runs()).toBe(2)
  for (let time = 0; time < 2; time++)
    for (const given of [tokens, others]) await memory.of(model, 4).run(given, options)
  expect(runs()).toBe(4)
})
