import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { answerPositions } from '../../src/core/positions'
import { logSoftmax } from '../../src/core/softmax'
import { tokensOf } from '../../src/core/tokens'
import { vocabularyOrder } from '../../src/core/vocabulary'
import { OnnxModel } from '../../src/engine/onnx-model'
import { openModelBytes } from '../../src/model/files/open-model'
import type { Model } from '../../src/model/model'
import { fullProcessing, processWeights } from '../../src/model/processing'
import { ReferenceModel } from '../../src/model/reference-model'

/** What `test/peers/make_layout_models.py` wrote; log-probabilities are [sum, answer digit, the file's token id]. */
interface Expected {
  readonly sums: readonly (readonly [number, number])[]
  readonly logProbs: readonly (readonly (readonly number[])[])[]
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'layouts')

describe.each(readdirSync(folder))('the layout %s', (name) => {
  const read = (file: string) => readFileSync(join(folder, name, file))
  const files = new Map(['config.json', 'model.safetensors'].map((file) => [file, read(file)]))
  const expected = JSON.parse(read('expected.json').toString()) as Expected
  const opened = openModelBytes(name, files)
  const raw = { name, sha256: '', config: opened.config, weights: opened.weights }
  const processed = { name, sha256: '', ...processWeights(opened, fullProcessing) }
  const engine = new OnnxModel(processed)
  const models: readonly (readonly [string, Model])[] = [
    ['in float64, as it is in the file', new ReferenceModel(raw)],
    ['on onnxruntime, processed', engine],
  ]
  afterAll(() => engine.dispose())

  test.each(models)('has the log-probabilities of TransformerLens: %s', async (_, model) => {
    const { layout, d_vocab } = model.config
    const sums = expected.sums.map(([a, b]) => ({ a, b }))
    const options = { outputs: ['logits'], positions: answerPositions(layout) }
    const logits = (await model.run(tokensOf(sums, layout), options)).get('logits')!.data
    const ids = vocabularyOrder(layout, d_vocab)
    expected.logProbs.flat().forEach((row, index) => {
      const found = logSoftmax(logits, index * d_vocab, d_vocab)
      ids.forEach((id, token) => expect(Math.abs(found[token]! - row[id]!)).toBeLessThan(1e-4))
    })
  })
})
