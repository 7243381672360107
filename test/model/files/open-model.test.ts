import { expect, test } from 'vitest'
import { writeConfig } from '../../../src/model/files/config-file'
import { openModelBytes } from '../../../src/model/files/open-model'
import { writeSafetensors } from '../../../src/model/files/safetensors-writer'
import { parametersOf } from '../../../src/model/parameters'
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
    'The configuration "config.json" is not JSON; correct it or open the weights by themselves.',
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

test.each([
  ['attention_dir', 'bidirectional'],
  ['use_attn_scale', false],
  ['attn_scale', 3],
  ['scale_attn_by_inverse_layer_idx', true],
  ['positional_embedding_type', 'rotary'],
  ['use_local_attn', true],
  ['attn_scores_soft_cap', 30],
  ['output_logits_soft_cap', 30],
  ['parallel_attn_mlp', true],
  ['gated_mlp', true],
  ['final_rms', true],
  ['post_embedding_ln', true],
  ['use_normalization_before_and_after', true],
  ['use_qk_norm', true],
  ['num_experts', 2],
  ['n_key_value_heads', 1],
  ['d_vocab_out', 10],
])('a configuration in which %s is %s is refused by that name', (field, value) => {
  const files = new Map([
    ['config.json', bytesOf(JSON.stringify({ ...config, [field]: value }))],
    ['model.safetensors', writeSafetensors(weights)],
  ])
  expect(() => openModelBytes('m', files)).toThrow(
    `The configuration "config.json" has ${field} ${JSON.stringify(value)}, but here `,
  )
})

test('fields with the values that everybody has are read over', () => {
  const usual = {
    attention_dir: 'causal',
    use_attn_scale: true,
    attn_scale: -1,
    scale_attn_by_inverse_layer_idx: false,
    positional_embedding_type: 'standard',
    use_local_attn: false,
    attn_scores_soft_cap: -1,
    gated_mlp: false,
    ...{
      n_key_value_heads: null,
      d_vocab_out: -1,
      attn_only: true,
      d_mlp: 48,
      act_fn: 'relu',
      seed: 7,
      dtype: 'torch.float32',
    },
  }
  const files = new Map([
    ['config.json', bytesOf(JSON.stringify({ ...config, ...usual }))],
    ['model.safetensors', writeSafetensors(weights)],
  ])
  expect(openModelBytes('m', files).config).toEqual(config)
})

test('the number of heads follows from their size, and an unembedding that is tied from the embedding', () => {
  const { n_heads: _, ...sizes } = smallConfig({ n_heads: 3, d_head: 4 })
  const all = randomWeights(smallConfig({ n_heads: 3, d_head: 4 }), 3)
  const untied = new Map([...all].filter(([name]) => !name.startsWith('unembed')))
  const files = new Map([
    ['config.json', bytesOf(JSON.stringify({ ...sizes, tie_word_embeddings: true, attn_only: true }))],
    ['model.safetensors', writeSafetensors(untied)],
  ])
  const opened = openModelBytes('m', files)
  expect(opened.config.n_heads).toBe(3)
  const [W_E, W_U] = ['embed.W_E', 'unembed.W_U'].map((name) => opened.weights.get(name)!.data)
  expect([W_U![0], W_U![1], W_U![12]]).toEqual([W_E![0], W_E![12], W_E![1]])
})

test('a folder of checkpoints opens at the last one, and says so', () => {
  const safetensors = writeSafetensors(weights)
  const names = ['step-900.safetensors', 'step-10000.safetensors', 'step-1000.safetensors']
  const opened = openModelBytes('run', new Map(names.map((name) => [name, safetensors])))
  expect(opened.weightsFile).toBe('step-10000.safetensors')
  expect(opened.notices).toEqual(['"run" has 3 checkpoints; this is the last of them, step-10000.safetensors.'])
  expect(() => openModelBytes('run', new Map(['a.pt', 'b.pt'].map((name) => [name, safetensors])))).toThrow(
    '"run" has several files that could hold weights (a.pt, b.pt); open one of them by its own name.',
  )
})

test.each([
  ['web.pt', bytesOf('<!DOCTYPE html>'), 'The file "web.pt" is a web page, not a model; download the file itself'],
  ['m.onnx', bytesOf('\b\u0007'), 'The file "m.onnx" is an ONNX graph: '],
  ['m.pt', bytesOf(''), 'The file "m.pt" is empty; copy or save it again.'],
  ['m.json', bytesOf('{"a":1}'), 'The file "m.json" is a JSON text, not weights; '],
  ['m.bin', bytesOf('GGUF....'), 'The file "m.bin" is in the GGUF format of llama.cpp; '],
  ['m.pt', bytesOf('nothing at all'), 'The file "m.pt" is neither a .safetensors file nor one that torch.save made; '],
])('%s is refused by what it is', (name, bytes, sentence) => {
  expect(() => openModelBytes(name, new Map([[name, bytes]]))).toThrow(sentence)
})

test('a model of more numbers than can be held is refused before anything is decoded', () => {
  const huge = smallConfig({ n_layers: 4, n_heads: 8, d_model: 1024, d_head: 256 })
  const sources = parametersOf(huge).map(({ name, shape }, index) => {
    const strides = shape.map(() => 0)
    return [name, { shape, strides, storage: index === 0 ? Float32Array.of(1) : new Float32Array(1) }] as const
  })
  expect(() => openModelBytes('m.pt', new Map([['m.pt', torchFile(new Map(sources))]]))).toThrow(
    'The model in "m.pt" would hold 33,632,268 numbers, but at most 16,777,216 are opened here; choose a smaller model.',
  )
})
