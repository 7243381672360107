import { expect, test } from 'vitest'
import { logSoftmax } from '../../src/core/softmax'
import { tokensOf } from '../../src/core/tokens'
import { type Processing, fullProcessing, processWeights } from '../../src/model/processing'
import { ReferenceModel } from '../../src/model/reference-model'
import { largestDifference } from '../support/compare'
import { describeConfig, everyConfig, randomModel } from '../support/random-model'

const switches = Object.keys(fullProcessing) as (keyof Processing)[]
const subsets = Array.from({ length: 2 ** switches.length }, (_, bits) =>
  Object.fromEntries(switches.map((name, bit) => [name, (bits >> bit) % 2 === 1])),
) as unknown as Processing[]

async function logProbabilities(model: ReferenceModel): Promise<number[]> {
  const tokens = tokensOf(
    [
      { a: 12, b: 39 },
      { a: 47, b: 2 },
    ],
    model.config.layout,
  )
  const logits = (await model.run(tokens, { outputs: ['logits'] })).get('logits')!.data
  return Array.from({ length: logits.length / 12 }, (_, row) => [...logSoftmax(logits, row * 12, 12)]).flat()
}

for (const config of everyConfig) {
  const raw = randomModel(config)

  test(`every subset of the processing steps keeps the log-probabilities to 1e-9 (${describeConfig(config)})`, async () => {
    const expected = await logProbabilities(raw)
    for (const processing of subsets) {
      const processed = new ReferenceModel({ name: 'processed', sha256: '', ...processWeights(raw, processing) })
      expect(largestDifference(await logProbabilities(processed), expected), JSON.stringify(processing)).toBeLessThan(
        1e-9,
      )
    }
  })

  test(`full processing leaves zero means and nothing to fold (${describeConfig(config)})`, () => {
    const { weights, config: folded } = processWeights(raw, fullProcessing)
    const mean = (name: string, dim: string) => largestMean(weights.get(name)!, dim)
    const isCentring = config.normalization_type?.startsWith('LN') ?? false
    expect(folded.normalization_type).toBe(config.normalization_type && (isCentring ? 'LNPre' : 'RMSPre'))
    expect([...weights.keys()].filter((name) => name.includes('ln'))).toEqual([])
    const mlp = config.d_mlp ? ['blocks.0.mlp.W_out', 'blocks.0.mlp.b_out'] : []
    for (const name of ['embed.W_E', 'pos_embed.W_pos', 'blocks.0.attn.W_O', 'blocks.0.attn.b_O', ...mlp])
      if (isCentring) expect(mean(name, 'd_model'), name).toBeLessThan(1e-12)
    for (const name of ['unembed.W_U', 'unembed.b_U']) expect(mean(name, 'vocab'), name).toBeLessThan(1e-12)
    if (config.normalization_type === 'LN')
      for (const name of ['blocks.0.attn.W_Q', 'unembed.W_U']) expect(mean(name, 'd_model'), name).toBeLessThan(1e-12)
    expect(weights.get('blocks.0.attn.b_V')!.data.every((value) => value === 0)).toBe(true)
  })
}

test('processing does not touch the weights it was given', () => {
  const raw = randomModel()
  const before = structuredClone(raw.weights)
  processWeights(raw, fullProcessing)
  expect(raw.weights).toEqual(before)
})

/** Largest absolute mean along an axis, computed line by line from strides. */
function largestMean(
  { dims, shape, data }: { dims: readonly string[]; shape: readonly number[]; data: ArrayLike<number> },
  dim: string,
): number {
  const axis = dims.indexOf(dim)
  const stride = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1)
  let largest = 0
  for (let start = 0; start < data.length; start++) {
    if (Math.floor(start / stride) % shape[axis]! !== 0) continue
    const line = Array.from({ length: shape[axis]! }, (_, index) => data[start + index * stride]!)
    largest = Math.max(largest, Math.abs(line.reduce((total, value) => total + value, 0) / line.length))
  }
  return largest
}
