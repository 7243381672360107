import { expect, test } from 'vitest'
import { headAblation } from '../../../src/analyses/ablation/head-ablation'
import { performance } from '../../../src/analyses/sums/performance'
import type { Intervention } from '../../../src/model/intervention'
import { batchSize } from '../../../src/analyses/running/run-batches'
import { largestDifference } from '../../support/compare'
import { publishedOnnx } from '../../support/published-onnx'
import { describeConfig, everyConfig, randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const dataset = { size: 12, seed: 3 }

test.each(everyConfig.map((config) => [describeConfig(config), config] as const))(
  'every ablation is what performance finds under that one intervention: %s',
  async (_, config) => {
    const model = randomModel(config)
    const sweep = await runAnalysis(headAblation, model, { dataset })
    const clean = numberIn(await runAnalysis(performance, model, { dataset }), 'loss')
    expect(numberIn(sweep, 'cleanLoss')).toBeCloseTo(clean, 12)
    for (let layer = 0; layer < config.n_layers; layer++)
      for (let head = 0; head < config.n_heads; head++) {
        const ablated: Intervention = { site: 'result', layer, head, positions: 'all', mode: 'mean' }
        const alone = await runAnalysis(performance, model, { dataset, interventions: [ablated] })
        expect(entry(tensorIn(sweep, 'lossDiff'), layer, head)).toBeCloseTo(numberIn(alone, 'loss') - clean, 12)
        expect(entry(tensorIn(sweep, 'accuracy'), layer, head)).toBe(numberIn(alone, 'exactMatch'))
      }
    if (config.d_mlp === undefined) expect(sweep).not.toHaveProperty('mlpLossDiff')
    else
      for (let layer = 0; layer < config.n_layers; layer++) {
        const ablated: Intervention = { site: 'mlp_out', layer, positions: 'all', mode: 'mean' }
        const alone = await runAnalysis(performance, model, { dataset, interventions: [ablated] })
        expect(entry(tensorIn(sweep, 'mlpLossDiff'), layer)).toBeCloseTo(numberIn(alone, 'loss') - clean, 12)
        expect(entry(tensorIn(sweep, 'mlpAccuracy'), layer)).toBe(numberIn(alone, 'exactMatch'))
      }
  },
)

test('digits average to the whole, and the mean over all differs from that over the subset', async () => {
  const model = randomModel()
  const params = { dataset: { size: 60, seed: 3 }, subset: 'carries' }
  const result = await runAnalysis(headAblation, model, params)
  const perDigit = tensorIn(result, 'lossDiffPerDigit')
  dataIn(result, 'lossDiff').forEach((difference, index) => {
    const digits = [0, 1, 2, 3].map((digit) => entry(perDigit, Math.floor(index / 3), index % 3, digit))
    expect(digits.reduce((total, value) => total + value, 0) / 4).toBeCloseTo(difference, 12)
  })
  const overAll = await runAnalysis(headAblation, model, { ...params, meanOver: 'all' })
  expect(largestDifference(dataIn(result, 'lossDiff'), dataIn(overAll, 'lossDiff'))).toBeGreaterThan(1e-6)
})

test('interventions stay in force below the ablations', async () => {
  const model = randomModel()
  const kept: readonly Intervention[] = [
    { site: 'v', layer: 0, head: 2, positions: [1, 2], mode: 'zero' },
    { site: 'resid_pre', layer: 1, positions: [9], mode: 'resample', seed: 2 },
    { site: 'q', layer: 1, head: 1, positions: 'all', mode: 'mean' },
  ]
  const sweep = await runAnalysis(headAblation, model, { dataset, interventions: kept, mode: 'zero' })
  const loss = async (interventions: readonly Intervention[]) =>
    numberIn(await runAnalysis(performance, model, { dataset, interventions }), 'loss')
  for (const [layer, head] of [
    [0, 1],
    [1, 1],
  ] as const) {
    const ablated: Intervention = { site: 'result', layer, head, positions: 'all', mode: 'zero' }
    const difference = (await loss([...kept, ablated])) - (await loss(kept))
    expect(entry(tensorIn(sweep, 'lossDiff'), layer, head)).toBeCloseTo(difference, 12)
  }
})

test('progress counts sums times ablations, and partial results come with each batch', async () => {
  const reports: Report[] = []
  const result = await runAnalysis(headAblation, randomModel(), { dataset: { size: 600, seed: 1 } }, reports)
  expect(reports.at(-1)).toMatchObject({ done: 3600, total: 3600, partial: result })
  const done = reports.map((report) => report.done)
  expect(done).toEqual(done.toSorted((one, other) => one - other))
  expect(reports.filter(({ partial }) => partial)).toHaveLength(Math.ceil(600 / batchSize))
})

type Ablations = Readonly<Record<'mean' | 'zero', { head: number[][]; head_per_digit: number[][][] }>>

test.skipIf(!hasReference).each(['mean', 'zero'] as const)(
  `the published differences, %s ablation (${needsReference})`,
  async (mode) => {
    const saved = (readReference('ablations.json') as Ablations)[mode]
    const result = await runAnalysis(headAblation, publishedOnnx(), { mode })
    expect(largestDifference(dataIn(result, 'lossDiff'), saved.head.flat())).toBeLessThan(1e-4)
    expect(largestDifference(dataIn(result, 'lossDiffPerDigit'), saved.head_per_digit.flat(2))).toBeLessThan(1e-4)
    if (mode === 'zero') return
    const { traces } = readReference('notebook/cell18_fig0.json') as { traces: [{ z: number[][] }] }
    expect(largestDifference(dataIn(result, 'lossDiff'), traces[0].z.flat())).toBeLessThan(1e-4)
  },
)
