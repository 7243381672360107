import { expect, test } from 'vitest'
import { analysisNamed } from '../../../src/analyses/analysis-named'
import { headAblation } from '../../../src/analyses/ablation/head-ablation'
import { interaction } from '../../../src/analyses/carry/interaction'
import { performance } from '../../../src/analyses/sums/performance'
import { completed } from '../../../src/host/merged-parts'
import { OnnxModel } from '../../../src/engine/onnx-model'
import type { Intervention } from '../../../src/model/intervention'
import { expectLike, labReference } from '../../support/lab-reference'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

test.skipIf(!hasReference)(`is what float64 gives for the published model (${needsReference})`, async () => {
  const reference = labReference('published_interaction_mean.json')
  const result = await runAnalysis(interaction, publishedOnnx(), { dataset: { size: 1000, seed: 42 } })
  expect(tensorIn(result, 'loss').labels['subset']).toEqual(reference['subsets'])
  for (const name of ['loss', 'shapley', 'shapleyMean', 'pair', 'pairPlain'])
    expectLike(dataIn(result, name), reference[name], 3e-4)
})

const lasting: Intervention = { site: 'q', layer: 1, head: 2, positions: 'all', mode: 'mean' }

test.each([
  ['mean', []],
  ['zero', [lasting]],
  ['resample', [lasting]],
] as const)(
  'one head ablated by %s is its ablation, none the loss, and the values add up, under %o',
  async (mode, interventions) => {
    const params = { dataset: { size: 60, seed: 3 }, interventions }
    const model = new OnnxModel(randomModel())
    const result = await runAnalysis(interaction, model, { ...params, mode })
    const { loss } = { loss: tensorIn(result, 'loss') }
    const meanLoss = (subset: number) => [0, 1, 2, 3].reduce((sum, digit) => sum + entry(loss, subset, digit) / 4, 0)
    expect(meanLoss(0)).toBeCloseTo(numberIn(await runAnalysis(performance, model, params), 'loss'), 5)
    const single = dataIn(await runAnalysis(headAblation, model, { ...params, mode }), 'lossDiff')
    single.forEach((difference, head) => expect(meanLoss(1 << head) - meanLoss(0)).toBeCloseTo(difference, 4))
    const shapley = tensorIn(result, 'shapley')
    for (let digit = 0; digit < 4; digit++) {
      const total = [0, 1, 2, 3, 4, 5].reduce(
        (sum, head) => sum + entry(shapley, Math.floor(head / 3), head % 3, digit),
        0,
      )
      expect(Math.abs(total - (entry(loss, 63, digit) - entry(loss, 0, digit)))).toBeLessThan(1e-4)
    }
  },
)

test('an intervention in the last MLP lasts with every subset', async () => {
  const config = smallConfig({ d_mlp: 12, act_fn: 'gelu' })
  const cut: Intervention = { site: 'mlp_out', layer: 1, positions: 'all', mode: 'zero' }
  const params = { dataset: { size: 30, seed: 3 }, interventions: [cut] }
  const model = new OnnxModel(randomModel(config))
  const loss = tensorIn(await runAnalysis(interaction, model, params), 'loss')
  const none = [0, 1, 2, 3].reduce((sum, digit) => sum + entry(loss, 0, digit) / 4, 0)
  expect(none).toBeCloseTo(numberIn(await runAnalysis(performance, model, params), 'loss'), 5)
})

test('of many heads only some subsets are asked about, and the values still add up and say how sure they are', async () => {
  const model = randomModel(smallConfig({ n_heads: 8 }))
  const result = await runAnalysis(interaction, model, { dataset: { size: 4, seed: 1 } })
  const labels = tensorIn(result, 'loss').labels['subset']!
  const sizes = labels.map((label) => (label === 'none' ? 0 : label.split('+').length))
  expect([0, 1, 2, 16].map((size) => sizes.filter((other) => other === size).length)).toEqual([1, 16, 120, 1])
  expect(numberIn(result, 'orders')).toBe(24)
  const loss = tensorIn(result, 'loss')
  const whole = labels.findIndex((_, at) => sizes[at] === 16)
  const meanLoss = (at: number) => [0, 1, 2, 3].reduce((sum, digit) => sum + entry(loss, at, digit) / 4, 0)
  const total = dataIn(result, 'shapleyMean').reduce((sum, value) => sum + value, 0)
  expect(total).toBeCloseTo(meanLoss(whole) - meanLoss(0), 10)
  expect(dataIn(result, 'shapleyMeanSe').every((error) => error > 0)).toBe(true)
  expect(dataIn(result, 'pair').every(Number.isNaN)).toBe(true)
})

test('shares of the subsets, put together, are the whole', async () => {
  const params = { dataset: { size: 40, seed: 3 } }
  const model = randomModel()
  const context = { model, progress: () => undefined }
  const parts = await Promise.all(
    [0, 1, 2].map((index) => interaction.run({ ...context, schedule: { share: { index, of: 3 } } }, params)),
  )
  const merged = completed(analysisNamed('interaction'), parts) as Awaited<ReturnType<typeof interaction.run>>
  const whole = await interaction.run(context, params)
  for (const name of ['loss', 'shapley', 'shapleyMean', 'pair', 'pairPlain'] as const)
    expect(Array.from(merged[name].data)).toEqual(Array.from(whole[name].data))
  expect(parts[0]!.shapleyMean.data.every(Number.isNaN)).toBe(true)
})
