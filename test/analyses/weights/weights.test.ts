import { expect, test } from 'vitest'
import { weights } from '../../../src/analyses/weights/weights'
import { BadInput } from '../../../src/core/bad-input'
import { fullProcessing, processWeights } from '../../../src/model/processing'
import { ReferenceModel } from '../../../src/model/reference-model'
import { describeConfig, fiveConfigs, randomModel } from '../../support/random-model'
import { dataIn, runAnalysis, tensorIn } from '../../support/run-analysis'

/** The same model with all four steps of weight processing. */
function processedModel(raw: ReferenceModel): ReferenceModel {
  return new ReferenceModel({ name: raw.name, sha256: raw.sha256, ...processWeights(raw, fullProcessing) })
}

const unfolded = fiveConfigs.filter(({ normalization_type }) => normalization_type === 'LN')

test.each(unfolded.map((config) => [describeConfig(config), config] as const))(
  'processing centres what the notebook checks and what reads the stream, and raw weights are not centred: %s',
  async (_, config) => {
    const raw = randomModel(config)
    const processed = processedModel(raw)
    const checks = async (model: ReferenceModel) => dataIn(await runAnalysis(weights, model), 'zeroMeans')
    expect(await checks(processed)).toHaveLength(10)
    for (const largest of await checks(processed)) expect(largest).toBeLessThan(1e-12)
    for (const largest of await checks(raw)) expect(largest).toBeGreaterThan(1e-3)
  },
)

test('parameters are returned by last part or full key', async () => {
  const model = randomModel()
  const result = await runAnalysis(weights, model, { tensors: ['W_Q', 'W_E', 'blocks.1.attn.b_O'] })
  for (const [name, key] of [
    ['blocks.0.attn.W_Q', 'blocks.0.attn.W_Q'],
    ['blocks.1.attn.W_Q', 'blocks.1.attn.W_Q'],
    ['W_E', 'embed.W_E'],
    ['blocks.1.attn.b_O', 'blocks.1.attn.b_O'],
  ] as const)
    expect(tensorIn(result, name)).toBe(model.weights.get(key))
  expect(result['shapes']).toContain('3 x 12 x 5')
})

test('a folded ln_final is shown as 1 and 0, another as it is', async () => {
  const raw = randomModel()
  const folded = processedModel(raw)
  const result = await runAnalysis(weights, folded)
  expect(new Set(dataIn(result, 'ln_final.w'))).toEqual(new Set([1]))
  expect(new Set(dataIn(result, 'ln_final.b'))).toEqual(new Set([0]))
  expect(tensorIn(await runAnalysis(weights, raw), 'ln_final.w')).toBe(raw.weights.get('ln_final.w'))
})

test('an unknown parameter is refused with the nearest name', async () => {
  await expect(runAnalysis(weights, randomModel(), { tensors: ['W_QQ'] })).rejects.toThrow(
    new BadInput('The model has no parameter "W_QQ": the nearest name is "W_Q".'),
  )
})
