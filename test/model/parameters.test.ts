import { expect, test } from 'vitest'
import { candidateLayouts } from '../../src/core/layout-candidates'
import { publishedLayout } from '../../src/core/task-layout'
import { checkConfig } from '../../src/model/check-config'
import { inferConfig } from '../../src/model/infer-config'
import { parametersOf } from '../../src/model/parameters'
import { randomWeights } from '../../src/model/random-weights'
import { describeConfig, fiveConfigs, smallConfig } from '../support/random-model'

for (const config of fiveConfigs)
  test(`the shapes of a model's parameters tell its configuration (${describeConfig(config)})`, () => {
    const told = inferConfig(new Map(parametersOf(config).map(({ name, shape }) => [name, shape])))
    expect({ ...told, layout: candidateLayouts(told.n_ctx, told.d_vocab)[0] }).toEqual(config)
  })

test('the published size has 30 tensors less the 4 buffers', () => {
  const config = smallConfig({ d_model: 48, d_head: 24 })
  expect(parametersOf(config)).toHaveLength(26)
  expect(parametersOf(config).find(({ name }) => name === 'blocks.1.attn.W_O')).toEqual({
    name: 'blocks.1.attn.W_O',
    dims: ['head', 'd_head', 'd_model'],
    shape: [3, 24, 48],
  })
})

test('random weights follow their seed', () => {
  const [one, same, other] = [1, 1, 2].map((seed) => randomWeights(smallConfig(), seed).get('unembed.W_U')!.data)
  expect(one).toEqual(same)
  expect(one).not.toEqual(other)
})

test.each([
  [
    { n_layers: 5 },
    'The configuration has n_layers 5, but it must be a whole number from 1 to 4; choose a model of that size.',
  ],
  [
    { n_heads: 0 },
    'The configuration has n_heads 0, but it must be a whole number from 1 to 8; choose a model of that size.',
  ],
  [
    { layout: publishedLayout(9) },
    'The layout has 9 operand digits, but it must be a whole number from 1 to 8; choose a model of that size.',
  ],
  [
    { d_head: 2.5 },
    'The configuration has d_head 2.5, but it must be a whole number from 1 to 256; choose a model of that size.',
  ],
  [
    { n_ctx: 15 },
    'The configuration has n_ctx 15, but sums of its layout have 14 tokens; correct n_ctx or the layout.',
  ],
  [
    { d_vocab: 11 },
    'The configuration has d_vocab 11, but it must be a whole number from 12 to 1024; choose a model of that size.',
  ],
  [{ eps: 0 }, "The configuration has eps 0, but LayerNorm's epsilon must lie between 0 and 1; it usually is 1e-5."],
])('an impossible configuration is refused: %o', (change, sentence) => {
  expect(() => checkConfig({ ...smallConfig(), ...change })).toThrow(sentence)
})

test('shapes of another kind of model are refused', () => {
  expect(() => inferConfig(new Map([['fc1.weight', [5, 5]]]))).toThrow(
    'The file has no tensor "embed.W_E", which tells the model\'s size; choose an attention-only model with TransformerLens\'s names.',
  )
})
