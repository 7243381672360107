import { expect, test } from 'vitest'
import { firstLayerTables } from '../../../src/model/exhaustive/first-layer-tables'
import { PatternWriter, patternShape } from '../../../src/model/exhaustive/first-layer-patterns'
import { groupCount, groupTokens } from '../../../src/model/exhaustive/sum-groups'
import { fullProcessing, processWeights } from '../../../src/model/processing'
import type { ReferenceModel } from '../../../src/model/reference-model'
import { describeConfig, fiveConfigs, randomModel, smallConfig } from '../../support/random-model'

const hook = 'blocks.0.attn.hook_pattern'

function writerOf(model: ReferenceModel): PatternWriter {
  const { config, weights } = processWeights(model, fullProcessing)
  return new PatternWriter(config, firstLayerTables(config, weights).weights)
}

/** A sum's attention [head, query, key] out of its group's pattern, with every key at the position its entry stands for. */
function attentionOf(model: ReferenceModel, writer: PatternWriter, first: number, groups: number): Float64Array[] {
  const { layout, n_heads, n_ctx } = model.config
  const numDigits = layout.operandDigits
  const { rows, columns } = patternShape(model.config)
  const { pattern, keys } = writer.patterns(groups)
  writer.write(first, groups, { pattern, keys, queries: new Int32Array(groups * rows) })
  const length = n_ctx - 1
  return Array.from({ length: groups * 10 }, (_, sum) => {
    const attention = new Float64Array(n_heads * length * length)
    const group = Math.floor(sum / 10)
    for (let query = 0; query < length; query++) {
      const own = query < 2 * numDigits ? 0 : (sum % 10) * (numDigits + 1)
      for (let column = 0; column < columns; column++) {
        const key = keys[group * columns + column]!
        const [entry, head] = [Math.floor(key / n_heads), key % n_heads]
        attention[(head * length + query) * length + Math.floor(entry / 10)]! +=
          pattern[(group * rows + query + own) * columns + column]!
      }
    }
    return attention
  })
}

async function oracle(model: ReferenceModel, first: number, groups: number): Promise<Float64Array[]> {
  const { n_heads, n_ctx } = model.config
  const run = await model.run(groupTokens(first, groups, model.config.layout), { outputs: [hook] })
  const { data } = run.get(hook)!
  const length = n_ctx - 1
  return Array.from({ length: groups * 10 }, (_, sum) =>
    Float64Array.from({ length: n_heads * length * length }, (_, index) => {
      const [row, key] = [Math.floor(index / length), index % length]
      const [head, query] = [Math.floor(row / length), row % length]
      return data[((sum * n_heads + head) * n_ctx + query) * n_ctx + key]!
    }),
  )
}

function expectClose(found: readonly Float64Array[], wanted: readonly Float64Array[], tolerance = 1e-6): void {
  const differences = found.flatMap((attention, sum) => Array.from(attention, (x, i) => Math.abs(x - wanted[sum]![i]!)))
  expect(differences.reduce((largest, difference) => Math.max(largest, difference), 0)).toBeLessThan(tolerance)
}

for (const config of fiveConfigs)
  test(`attention is the oracle's (${describeConfig(config)})`, async () => {
    const model = randomModel(config)
    const first = Math.floor(groupCount(config.layout) / 3)
    expectClose(attentionOf(model, writerOf(model), first, 3), await oracle(model, first, 3))
  })

test('nothing is left of groups that were written before into the same arrays', () => {
  const model = randomModel(smallConfig())
  const [writer, fresh] = [writerOf(model), writerOf(model)]
  const [used, unused] = [writer.patterns(2), fresh.patterns(2)]
  for (const first of [0, 123_456, 1_999_999]) writer.write(first, 2, used)
  fresh.write(1_999_999, 2, unused)
  expect(used).toEqual(unused)
})

/** A model whose layer 0 attends as sharply as `factor` says. */
function sharpened(factor: number): ReferenceModel {
  const model = randomModel(smallConfig({ numDigits: 2 }))
  for (const key of ['W_Q', 'b_Q'])
    model.weights.get(`blocks.0.attn.${key}`)!.data.forEach((x, index, data) => (data[index] = x * factor))
  return model
}

test('weights beyond the range of float32 are no trouble', async () => {
  const model = sharpened(200)
  const { config, weights } = processWeights(model, fullProcessing)
  expect(firstLayerTables(config, weights).weights.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(1e40)
  expectClose(attentionOf(model, writerOf(model), 100, 5), await oracle(model, 100, 5), 1e-3)
})

test('scores too far apart for any exponential are refused', () => {
  expect(() => writerOf(sharpened(1e5))).toThrow(
    /^The scores of head 0\.\d are up to \d+ apart, too far for evaluating every sum; evaluate drawn sums, without --exhaustive\.$/,
  )
})
