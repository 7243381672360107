import { expect, test } from 'vitest'
import { performance } from '../../../src/analyses/sums/performance'
import { qkvAblation } from '../../../src/analyses/ablation/qkv-ablation'
import type { Intervention } from '../../../src/model/intervention'
import { largestDifference } from '../../support/compare'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

const dataset = { size: 10, seed: 3 }

test.each(['zero', 'mean', 'resample'] as const)('every ablation is that one intervention: %s', async (mode) => {
  const model = randomModel(smallConfig({ n_layers: 3, n_heads: 2, numDigits: 2 }))
  const sweep = await runAnalysis(qkvAblation, model, { dataset, mode })
  const clean = numberIn(await runAnalysis(performance, model, { dataset }), 'loss')
  for (const [index, site] of (['q', 'k', 'v'] as const).entries())
    for (let layer = 0; layer < 3; layer++) {
      const ablated: Intervention = { site, layer, head: 1, positions: 'all', mode }
      const alone = numberIn(await runAnalysis(performance, model, { dataset, interventions: [ablated] }), 'loss')
      expect(entry(tensorIn(sweep, 'lossDiff'), index, layer, 1)).toBeCloseTo(alone - clean, 12)
    }
})

test('without queries a head attends evenly, so it does not matter which of q and k is zero', async () => {
  const result = await runAnalysis(qkvAblation, randomModel(), { dataset, mode: 'zero' })
  const perSite = dataIn(result, 'lossDiff')
  expect(largestDifference(perSite.slice(0, 6), perSite.slice(6, 12))).toBeLessThan(1e-12)
})

type Tables = Readonly<Record<'mean' | 'zero', Readonly<Record<'qkv' | 'qkv_carries' | 'qkv_noncarries', number[][]>>>>

test.skipIf(!hasReference).each([
  ['mean', 'all', 'qkv'],
  ['mean', 'carries', 'qkv_carries'],
  ['mean', 'non-carries', 'qkv_noncarries'],
  ['zero', 'all', 'qkv'],
  ['zero', 'carries', 'qkv_carries'],
  ['zero', 'non-carries', 'qkv_noncarries'],
] as const)(`the published differences: %s ablation, %s (${needsReference})`, async (mode, subset, table) => {
  const saved = (readReference('ablations.json') as Tables)[mode][table]
  const result = await runAnalysis(qkvAblation, publishedOnnx(), { mode, subset })
  expect(largestDifference(dataIn(result, 'lossDiff'), saved.flat())).toBeLessThan(1e-4)
})

test.skipIf(!hasReference).each([
  ['notebook/cell20_fig0.json', 'all'],
  ['notebook/cell38_fig0.json', 'carries'],
])(`the published figure %s (${needsReference})`, async (file, subset) => {
  const { traces } = readReference(file) as { traces: [{ z: number[][] }] }
  const result = await runAnalysis(qkvAblation, publishedOnnx(), { subset })
  expect(largestDifference(dataIn(result, 'lossDiff'), traces[0].z.flat())).toBeLessThan(1e-4)
})
