import { expect, test } from 'vitest'
import { hierarchy } from '../../../src/analyses/carry/hierarchy'
import { tokenReadings } from '../../../src/analyses/parts/first-layer-readings'
import { tokenWeights } from '../../../src/analyses/parts/token-weights'
import { equalsPosition } from '../../../src/core/positions'
import { sumDataset } from '../../../src/core/dataset'
import { publishedLayout } from '../../../src/core/task-layout'
import type { Tensor } from '../../../src/core/tensor'
import { tokensOf } from '../../../src/core/tokens'
import { expectLike, labReference } from '../../support/lab-reference'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, publishedModel } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const params = { dataset: { size: 1000, seed: 42 } }

test.skipIf(!hasReference)(`is what float64 gives for the published model (${needsReference})`, async () => {
  const reference = labReference('published_hierarchy.json')
  const result = await runAnalysis(hierarchy, publishedOnnx(), params)
  for (const name of ['scoreA', 'scoreB', 'attention'] as const) expectLike(dataIn(result, name), reference[name], 3e-4)
  expectLike(dataIn(result, 'agreement'), reference['agreement'], 1e-9)
})

test.skipIf(!hasReference)(`finds the published model’s carry sites (${needsReference})`, async () => {
  const result = await runAnalysis(hierarchy, publishedModel(), { dataset: { size: 60, seed: 42 } })
  const fit = tensorIn(result, 'logCosh')
  const C1 = equalsPosition(publishedLayout(4)) + 2
  expect(entry(fit, 0, C1, 3, 0)).toBeCloseTo(3, 1)
  expect(entry(fit, 0, C1, 3, 2)).toBeGreaterThan(0.99)
  // The head that looks at B3 tells sums of 9 or more from less, not those of 10 or more.
  expect(entry(tensorIn(result, 'agreementNine'), 1, 8, 2)).toBe(1)
  expect(entry(tensorIn(result, 'agreement'), 1, 8, 2)).toBeCloseTo(0.9, 9)
})

test('later columns are masked, and the shares are those of the scores', async () => {
  const result = await runAnalysis(hierarchy, randomModel(), { dataset: { size: 30, seed: 1 } })
  const [A, B, share] = ['scoreA', 'scoreB', 'shareA'].map((name) => tensorIn(result, name)) as [never, never, never]
  expect(entry(A, 1, 2, 3, 4)).toBeNaN()
  expect(entry(share, 1, 2, 3, 4, 4)).toBeNaN()
  expect(entry(tensorIn(result, 'attention'), 1, 2, 3)).toBe(0)
  const [a, b] = [entry(A, 2, 13, 1, 7), entry(B, 2, 13, 1, 3)]
  expect(entry(share, 2, 13, 1, 7, 3)).toBeCloseTo(Math.exp(a) / (Math.exp(a) + Math.exp(b)), 12)
})

test('what the first sums say comes before the rest', async () => {
  const reports: Report[] = []
  await runAnalysis(hierarchy, randomModel(), { dataset: { size: 401, seed: 1 } }, reports)
  expect(reports.map(({ done }) => done)).toEqual([200, 400, 401])
  expect(reports.filter(({ partial }) => partial)).toHaveLength(1)
})

test('what is looked up comes to the means over runs, also where a token stands before the sum', async () => {
  const dataset = { size: 70, seed: 1 }
  const layout = { ...publishedLayout(4), before: [13] }
  const model = randomModel(smallConfig({ layout, d_vocab: 15 }))
  const { n_ctx, d_head } = model.config
  const sums = sumDataset(dataset, layout)
  const hooks = ['blocks.0.attn.hook_q', 'blocks.0.attn.hook_k', 'blocks.0.attn.hook_pattern']
  const run = await model.run(tokensOf(sums, layout), { outputs: hooks })
  const [q, k, pattern] = hooks.map((hook) => run.get(hook)!) as [Tensor, Tensor, Tensor]
  const mean = (of: (example: number) => number) => sums.reduce((sum, _, example) => sum + of(example), 0) / sums.length
  const result = await runAnalysis(hierarchy, model, { dataset })
  // Column 2 at B2: A2 stands at 3, B2 at 8.
  const attended = mean((example) => entry(pattern, example, 1, 8, 3) + entry(pattern, example, 1, 8, 8))
  expect(entry(tensorIn(result, 'attention'), 1, 8, 2)).toBeCloseTo(attended, 12)
  const four = sums.findIndex(({ a }) => Math.floor(a / 10) % 10 === 4)
  const score = Array.from({ length: d_head }, (_, index) => {
    return mean((example) => entry(q, example, 9, 2, index)) * entry(k, four, 3, 2, index)
  }).reduce((sum, product) => sum + product, 0)
  expect(entry(tensorIn(result, 'scoreA'), 2, 9, 2, 4)).toBeCloseTo(score / Math.sqrt(d_head), 12)
  expect(tensorIn(result, 'attention').shape).toEqual([3, n_ctx, 4])
})

test('the table of a model is made once, and anew for what differs in one key', async () => {
  const model = randomModel()
  const readings = await tokenReadings(model)
  const table = tokenWeights(model.config, readings)
  expect(tokenWeights({ ...model.config }, await tokenReadings(model))).toBe(table)
  const key = Float64Array.from(readings.key)
  key[3]! += 1
  const other = tokenWeights(model.config, { ...readings, key })
  expect(other).not.toEqual(table)
  expect(tokenWeights(model.config, readings)).toEqual(table)
})
