import { InferenceSession, Tensor } from '../../src/engine/onnxruntime'
import { expect, test } from 'vitest'
import { exportFormatOf, exportOnnx, exportSafetensors } from '../../src/model/export-model'
import { openModelBytes } from '../../src/model/files/open-model'
import { hooksOf } from '../../src/model/hooks'
import { fullProcessing, processWeights } from '../../src/model/processing'
import { toleranceOf } from '../support/first-divergence'
import { largestDifference } from '../support/compare'
import { randomTokens } from '../support/random-edits'
import { describeConfig, fiveConfigs, randomModel } from '../support/random-model'

const shapes = fiveConfigs.map((config) => ({ config, title: describeConfig(config) }))

test.each(shapes)('an exported .onnx file gives every hook by name ($title)', async ({ config }) => {
  const oracle = randomModel(config)
  const hooks = hooksOf(config).map((hook) => hook.name)
  const tokens = randomTokens(config, 2, 3)
  const session = await InferenceSession.create(exportOnnx(oracle))
  expect(session.inputNames).toEqual(['tokens'])
  expect(session.outputNames).toEqual([...hooks, 'dla'])
  const results = await session.run({ tokens: new Tensor('int32', Int32Array.from(tokens.data), tokens.shape) })
  const expected = await oracle.run(tokens, { outputs: hooks })
  for (const hook of hooks) {
    expect(results[hook]!.dims, hook).toEqual(expected.get(hook)!.shape)
    const difference = largestDifference(results[hook]!.data as Float32Array, expected.get(hook)!.data)
    expect(difference, hook).toBeLessThan(toleranceOf(hook))
  }
})

test.each(shapes)('an exported .safetensors file opens as the same model, raw and processed ($title)', ({ config }) => {
  const raw = { config, weights: randomModel(config).weights }
  for (const model of [raw, processWeights(raw, fullProcessing)]) {
    const opened = openModelBytes('copy', new Map([['copy.safetensors', exportSafetensors(model)]]))
    expect(opened.config).toEqual(model.config)
    for (const [name, { data }] of model.weights)
      expect(largestDifference(opened.weights.get(name)!.data, data), name).toBe(0)
  }
})

test('an .onnx file can be limited to some outputs, and an unknown one is named', async () => {
  const session = await InferenceSession.create(exportOnnx(randomModel(), ['logits', 'blocks.0.attn.hook_pattern']))
  expect(session.outputNames).toEqual(['logits', 'blocks.0.attn.hook_pattern'])
  expect(() => exportOnnx(randomModel(), ['logit'])).toThrow('no hook "logit"; the nearest name is "logits"')
})

test('the ending names the format', () => {
  expect(exportFormatOf('model.ONNX')).toBe('onnx')
  expect(exportFormatOf('a.onnx/b.safetensors')).toBe('safetensors')
  expect(() => exportFormatOf('model.gguf')).toThrow('cannot be exported to "model.gguf"')
})
