import { expect, test } from 'vitest'
import { writeConfig } from '../../../src/model/files/config-file'
import { openModelBytes } from '../../../src/model/files/open-model'
import { writeSafetensors } from '../../../src/model/files/safetensors-writer'
import { randomWeights } from '../../../src/model/random-weights'
import { describeConfig, fiveConfigs, smallConfig } from '../../support/random-model'
import { torchFile } from '../../support/torch-file'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const config = smallConfig()
const weights = randomWeights(config, 3)

for (const shape of fiveConfigs)
  test(`a model opens from a folder, a bare file and a .pt alike (${describeConfig(shape)})`, () => {
    const expected = randomWeights(shape, 3)
    const safetensors = writeSafetensors(expected)
    const torch = torchFile(
      new Map([...expected].map(([name, { shape, data }]) => [name, { shape, storage: data as Float32Array }])),
    )
    const folder = new Map([
      ['config.json', bytesOf(writeConfig(shape))],
      ['model.safetensors', safetensors],
    ])
    for (const files of [folder, new Map([['any.safetensors', safetensors]]), new Map([['any.pt', torch]])]) {
      const opened = openModelBytes('any', files)
      expect(opened.config).toEqual(shape)
      expect(opened.weights).toEqual(expected)
    }
  })

test('the buffers that TransformerLens stores are accepted and dropped', () => {
  const buffers = [
    ['blocks.0.attn.mask', { shape: [2], data: Float32Array.of(0, 1) }],
    ['blocks.1.attn.IGNORE', { shape: [], data: Float32Array.of(-Infinity) }],
  ] as const
  const opened = openModelBytes('m', new Map([['m', writeSafetensors([...weights, ...buffers])]]))
  expect(opened.weights).toEqual(weights)
})

const changed = (name: string, tensor?: { shape: readonly number[]; data: Float32Array }) => {
  const tensors = new Map<string, { shape: readonly number[]; data: ArrayLike<number> }>(weights)
  if (tensor) tensors.set(name, tensor)
  else tensors.delete(name)
  return new Map([['m', writeSafetensors(tensors)]])
}

test.each([
  [
    'a missing tensor',
    changed('blocks.1.attn.b_K'),
    'The file "m" has no tensor "blocks.1.attn.b_K" of shape [3, 5]; choose a complete model.',
  ],
  [
    'an extra tensor',
    changed('blocks.0.mlp.W_in', { shape: [1], data: new Float32Array(1) }),
    'The file "m" has a tensor "blocks.0.mlp.W_in" that an attention-only model of 2 layers has no place for; choose a model without it.',
  ],
  [
    'a misshapen tensor',
    changed('blocks.0.attn.W_O', { shape: [3, 12, 5], data: new Float32Array(180) }),
    'The tensor "blocks.0.attn.W_O" in "m" has shape [3, 12, 5], but [3, 5, 12] is wanted; check the model\'s configuration.',
  ],
  [
    'NaN',
    changed('unembed.b_U', { shape: [12], data: Float32Array.of(0, 0, NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0) }),
    'The tensor "unembed.b_U" in "m" holds NaN at entry 2, but weights must be finite; choose a checkpoint from before training failed.',
  ],
  [
    'a folder without weights',
    new Map([['config.json', bytesOf(writeConfig(config))]]),
    '"m" has no file that could hold weights; open a folder with config.json and model.safetensors, a .safetensors file or a .pt file.',
  ],
  [
    'a configuration that is no JSON',
    new Map([['config.json', bytesOf('{')], ...changed('blocks.0.ln1.w', { shape: [12], data: new Float32Array(12) })]),
    'The configuration "config.json" is not JSON; correct it or open the .safetensors file by itself.',
  ],
  [
    'a configuration of a model with MLPs',
    new Map([
      ['config.json', bytesOf(JSON.stringify({ ...config, attn_only: false }))],
      ['model.safetensors', writeSafetensors(weights)],
    ]),
    'The configuration "config.json" is refused at "attn_only": invalid input: expected true; correct that field.',
  ],
  [
    'a configuration that does not fit the weights',
    new Map([
      ['config.json', bytesOf(writeConfig({ ...config, n_heads: 2 }))],
      ['model.safetensors', writeSafetensors(weights)],
    ]),
    'The tensor "blocks.0.attn.W_Q" in "model.safetensors" has shape [3, 12, 5], but [2, 12, 5] is wanted; check the model\'s configuration.',
  ],
])('%s is refused', (_, files, sentence) => {
  expect(() => openModelBytes('m', files)).toThrow(sentence)
})
