import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { tensor } from '../../src/core/tensor'
import type { Model } from '../../src/model/model'
import { loadModel } from '../../src/engine/load-model'
import { OnnxModel } from '../../src/engine/onnx-model'
import { figureNamed } from '../../src/charts/figure-named'
import { claims } from '../../src/tour/claims/registry'
import { Inquiry, type Ask, type EverySum } from '../../src/tour/inquiry'
import { takeTour } from '../../src/tour/take-tour'
import { publishedOnnx } from '../support/published-onnx'
import { randomModel, smallConfig } from '../support/random-model'
import { hasReference, needsReference } from '../support/reference-data'
import { runAnalysis } from '../support/run-analysis'

/** Many sums would take long, and change no verdict on a model that knows nothing. */
function tourOf(model: Model, { size, everySum = null }: { size?: number; everySum?: EverySum | null } = {}) {
  const ask = ((id, params) => {
    const smaller = size !== undefined && 'dataset' in params ? { ...params, dataset: { size, seed: 42 } } : params
    return runAnalysis(analysisNamed(id), model, smaller)
  }) as Ask
  return takeTour(claims, new Inquiry(model.config, ask, everySum))
}

test('every claim has a name of its own, and no value both confirms and refutes it', () => {
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
  for (const { quantities } of claims)
    for (const { confirmed, refuted, name } of quantities) {
      const isApart =
        (refuted.least ?? -Infinity) > (confirmed.most ?? Infinity) ||
        (refuted.most ?? Infinity) < (confirmed.least ?? -Infinity)
      const refutes = refuted.least !== undefined || refuted.most !== undefined
      expect(isApart || !refutes, name).toBe(true)
    }
})

test('every claim shows a figure of the analysis that it asks', async () => {
  const all = await tourOf(new OnnxModel(randomModel()), { size: 60 })
  for (const checked of all) {
    const id = 'measured' in checked ? checked.measured.asked?.id : undefined
    if (id === undefined) continue
    expect(figureNamed(checked.claim.figure!).analysis, checked.claim.id).toBe(id)
  }
})

test('nothing is confirmed of the bundled model before its first step', async () => {
  const path = resolve(import.meta.dirname, '../../models/sum-4digit/checkpoints/step-000000.safetensors')
  const { model } = await loadModel({ source: { path } })
  const all = await tourOf(model, { size: 300 })
  expect(all.filter(({ verdict }) => verdict === 'confirmed').map(({ claim }) => claim.id)).toEqual([])
})

test('nothing is confirmed of a model that was never trained', async () => {
  const all = await tourOf(new OnnxModel(randomModel()), { size: 200 })
  expect(all.filter(({ verdict }) => verdict === 'confirmed').map(({ claim }) => claim.id)).toEqual([])
})

test('a model of one layer is asked what it can be asked, and the rest says why not', async () => {
  const model = new OnnxModel(randomModel(smallConfig({ n_layers: 1 })))
  const all = await tourOf(model, { size: 50 })
  const carry = all.find(({ claim }) => claim.id === 'carry-tens')
  expect(carry?.verdict).toBe('not asked')
  expect(carry && 'reason' in carry ? carry.reason : '').toContain('one layer')
  expect(all.find(({ claim }) => claim.id === 'queries-free')).toHaveProperty('measured')
})

test('what every sum tells is read off the evaluation', async () => {
  const wrongSums = [
    // The tens add up to 9 and pass the units' carry on to the hundreds, which is wrong.
    { a: 1145, b: 1256, predicted: '2301' },
    { a: 1111, b: 1111, predicted: '2223' },
  ]
  const all = await tourOf(new OnnxModel(randomModel()), { size: 50, everySum: { n: 25_000_000, wrong: 2, wrongSums } })
  expect(all.slice(0, 2)).toMatchObject([
    { verdict: 'refuted', measured: { values: [2] } },
    { verdict: 'refuted', measured: { values: [0.5] } },
  ])
})

test.skipIf(!hasReference)(`the published numbers are those of the published model (${needsReference})`, async () => {
  const all = await tourOf(publishedOnnx())
  const measured = all.filter((checked) => 'measured' in checked)
  expect(measured).toHaveLength(claims.length - 2)
  for (const { claim, measured: found } of measured)
    claim.quantities.forEach(({ name, unit, published }, index) => {
      const tolerance = unit === 'degrees' ? 0.1 : unit === 'rows' || unit === 'heads' ? 0 : 0.001
      expect(Math.abs(found.values[index]! - published), `${claim.id}: ${name}`).toBeLessThanOrEqual(tolerance)
    })
})

/** The answer about the heads' worth: the loss of every subset for two digits, and the Shapley values, nats. */
function worthAnswer(loss: readonly number[], worth: readonly number[]) {
  const byHead = (data: readonly number[]) =>
    tensor(['layer', 'head'], [1, 3], Float64Array.from(data), { labels: { layer: ['0'], head: ['0', '1', '2'] } })
  const answer = {
    loss: tensor(['subset', 'digit'], [5, 2], Float64Array.from(loss), {
      labels: { subset: ['none', 'H0.2', 'H0.1', 'H0.0', 'H0.0+H0.1+H0.2'], digit: ['C0', 'C1'] },
    }),
    shapleyMean: byHead(worth),
    shapleyMeanSe: byHead([0.1, 0.4, 0.001]),
  }
  const ask = (() => Promise.resolve(answer)) as unknown as Ask
  const { config } = randomModel(smallConfig({ n_layers: 1, n_heads: 3 }))
  return takeTour(
    claims.filter(({ id }) => id === 'one-cost' || id === 'heads-rank'),
    new Inquiry(config, ask),
  )
}

test('what a head costs alone is found by its name, in whatever order subsets were asked, and errors are minded', async () => {
  const [oneCost, rank] = await worthAnswer([1, 1, 4, 6, 2, 2, 3, 1, 9, 9], [-0.5, -0.5, 2])
  // H0.1's share of −0.5 is within its error, and so opposes nothing.
  expect(oneCost).toMatchObject({ measured: { values: [1], found: 'H0.0: +1.0 nats alone, −0.5 nats of all' } })
  // H0.0 and H0.1 cost the same and are worth the same: only their order beside H0.2 is told.
  expect(rank).toMatchObject({ measured: { values: [1] } })
})

test('costs that are next to nothing oppose nothing, and a model that guesses has none to share out', async () => {
  const [small] = await worthAnswer([1, 1, 1.04, 1.02, 1, 1, 1, 1, 1, 1], [0, 0, -0.03])
  expect(small).toMatchObject({ verdict: 'confirmed', measured: { values: [0] } })
  const guessing = await worthAnswer([2.4, 2.3, 4, 6, 2, 2, 3, 1, 9, 9], [-0.5, 0.5, 2])
  for (const checked of guessing) {
    expect(checked).toMatchObject({ verdict: 'unclear', measured: { values: [NaN] } })
    expect(checked).toHaveProperty('measured.found', expect.stringContaining('it guesses: its loss of 2.35 nats'))
  }
})
