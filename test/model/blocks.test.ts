import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { answerPositions } from '../../src/core/positions'
import { logSoftmax } from '../../src/core/softmax'
import { tokensOf } from '../../src/core/tokens'
import { OnnxModel } from '../../src/engine/onnx-model'
import { publishedLayout } from '../../src/core/task-layout'
import { readConfig } from '../../src/model/files/config-file'
import type { ModelConfig } from '../../src/model/config'
import { checkWeights } from '../../src/model/files/check-weights'
import { readSafetensors } from '../../src/model/files/safetensors-reader'
import type { Model } from '../../src/model/model'
import { fullProcessing, processWeights } from '../../src/model/processing'
import { ReferenceModel } from '../../src/model/reference-model'
import { largestDifference } from '../support/compare'

/** What TransformerLens computes with each model: made by `test/peers/make_block_models.py`. */
interface Expected {
  readonly sums: readonly (readonly [number, number])[]
  readonly logProbs: readonly number[]
  readonly activations: Readonly<Record<string, readonly number[]>>
  readonly processed: Readonly<Record<string, readonly number[]>>
}

const folder = join(import.meta.dirname, '../cases/blocks')

describe.each(readdirSync(folder))('the model %s', (name) => {
  const file = (path: string) => readFileSync(join(folder, name, path))
  const expected = JSON.parse(file('expected.json').toString()) as Expected
  const config = { ...readConfig(name, file('config.json')).config, layout: publishedLayout(3) } as ModelConfig
  const opened = { config, weights: checkWeights(name, config, readSafetensors(name, file('model.safetensors'))) }
  const named = { name, sha256: '' }
  const raw = { ...named, config: opened.config, weights: opened.weights }
  const processed = { ...named, ...processWeights(opened, fullProcessing) }
  const engines = [new OnnxModel(raw), new OnnxModel(processed)]
  const models: readonly (readonly [string, Model])[] = [
    ['in float64, as it is in the file', new ReferenceModel(raw)],
    ['in float64, processed', new ReferenceModel(processed)],
    ['on onnxruntime, as it is in the file', engines[0]!],
    ['on onnxruntime, processed', engines[1]!],
  ]
  const { layout, d_vocab } = opened.config
  const positions = answerPositions(layout)
  const tokens = tokensOf(
    expected.sums.map(([a, b]) => ({ a, b })),
    layout,
  )
  afterAll(() => Promise.all(engines.map((engine) => engine.dispose())))

  test.each(models)('has the log-probabilities of TransformerLens: %s', async (_, model) => {
    const logits = (await model.run(tokens, { outputs: ['logits'], positions })).get('logits')!.data
    const rows = Array.from({ length: logits.length / d_vocab }, (_, row) => row * d_vocab)
    const found = rows.flatMap((row) => [...logSoftmax(logits, row, d_vocab)])
    expect(largestDifference(found, expected.logProbs)).toBeLessThan(1e-4)
  })

  const ofMlps = Object.keys(expected.activations)
  if (ofMlps.length > 0)
    test.each([models[0]!, models[2]!])('and the activations of its MLPs: %s', async (_, model) => {
      const run = await model.run(tokens, { outputs: ofMlps })
      for (const hook of ofMlps) {
        const { data, shape } = run.get(hook)!
        const width = shape[2]!
        const rows = expected.sums.map((_, example) => (example * shape[1]! + positions.at(-1)!) * width)
        const found = rows.flatMap((row) => [...data.subarray(row, row + width)])
        expect(largestDifference(found, expected.activations[hook]!), hook).toBeLessThan(2e-5)
      }
    })

  test('and its processed weights', () => {
    for (const [key, values] of Object.entries(expected.processed))
      expect(largestDifference(processed.weights.get(key)!.data, values), key).toBeLessThan(1e-5)
  })
})
