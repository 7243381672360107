import { expect, test } from 'vitest'
import { carryNeedles } from '../../../src/analyses/carry/carry-needles'
import { analysisNamed } from '../../../src/analyses/analysis-named'
import { completed } from '../../../src/host/merged-parts'
import type { Intervention } from '../../../src/model/intervention'
import { expectLike, labReference } from '../../support/lab-reference'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

/** The reference leaves out the last digit, into which nothing carries. */
const withoutLast = (values: readonly number[]) => values.filter((_, index) => index % 4 < 3)

test.skipIf(!hasReference)(`is what float64 gives for the published model (${needsReference})`, async () => {
  const reference = labReference('published_carry_needles.json')
  const result = await runAnalysis(carryNeedles, publishedOnnx(), { dataset: { size: 4000, seed: 7 } })
  for (const name of ['attentionAuc', 'resultAuc'])
    expectLike(withoutLast(dataIn(result, name)), reference[name], 0.002)
})

test('z tells what the results tell, and what nothing reads is said', async () => {
  const dataset = { size: 80, seed: 5 }
  // Cutting a head where it is read by none leaves every number as it was, but takes the long way.
  const idle: Intervention = { site: 'result', layer: 1, head: 0, positions: [13], mode: 'mean' }
  const [short, long] = await Promise.all([
    runAnalysis(carryNeedles, randomModel(), { dataset }),
    runAnalysis(carryNeedles, randomModel(), { dataset, interventions: [idle] }),
  ])
  const [one, other] = [short, long].map((result) => tensorIn(result, 'resultAuc')) as [never, never]
  for (let position = 0; position < 13; position++)
    for (let digit = 0; digit < 3; digit++)
      expect(entry(one, 0, 1, position, digit)).toBeCloseTo(entry(other, 0, 1, position, digit), 12)
  const readBy = tensorIn(short, 'readBy')
  expect(entry(readBy, 1, 9, 0)).toBe(1)
  expect(entry(readBy, 1, 9, 1)).toBe(0)
  expect(entry(readBy, 0, 8, 0)).toBe(1)
  expect(entry(readBy, 0, 10, 0)).toBe(0)
})

test('histograms hold every sum once, and the best are named with their place', async () => {
  const result = await runAnalysis(carryNeedles, randomModel(), { dataset: { size: 100, seed: 5 } })
  const [histogram, entries, area] = ['histogram', 'entries', 'attentionAuc'].map((name) => tensorIn(result, name)) as [
    never,
    never,
    never,
  ]
  const [layer, head, query, key, digit] = [0, 1, 2, 3, 4].map((axis) => entry(entries, 0, axis)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const total = Array.from({ length: 25 }, (_, bin) => entry(histogram, 0, 0, bin)).reduce(
    (sum, share) => sum + share,
    0,
  )
  expect(total).toBeCloseTo(1, 12)
  expect(digit).toBe(0)
  const best = Math.abs(entry(area, layer, head, query, key, 0) - 0.5)
  const all = dataIn(result, 'attentionAuc').filter((_, index) => index % 4 === 0)
  expect(best).toBe(Math.max(...all.filter((value) => !Number.isNaN(value)).map((value) => Math.abs(value - 0.5))))
})

test('what the first sums say comes before the rest, and is what they alone say', async () => {
  const reports: Report[] = []
  const params = { dataset: { size: 1000, seed: 5 } }
  await runAnalysis(carryNeedles, randomModel(), params, reports)
  const partials = reports.map(({ partial }) => partial).filter((partial) => partial !== undefined)
  expect(partials.map((partial) => numberIn(partial, 'n'))).toEqual([200, 1000])
  const first = await runAnalysis(carryNeedles, randomModel(), params, [], { first: 200 })
  for (const name of ['attentionAuc', 'resultAuc', 'histogram'])
    expect(dataIn(partials[0]!, name)).toEqual(dataIn(first, name))
})

test('processes share the layers out, and together they tell what one tells', async () => {
  const params = { dataset: { size: 120, seed: 5 } }
  const whole = await runAnalysis(carryNeedles, randomModel(), params)
  for (const of of [2, 3]) {
    const parts = await Promise.all(
      Array.from({ length: of }, (_, index) =>
        runAnalysis(carryNeedles, randomModel(), params, [], { share: { index, of } }),
      ),
    )
    expect(completed(analysisNamed('carry-needles'), parts)).toEqual(whole)
  }
})
