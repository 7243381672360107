import { expect, test } from 'vitest'
import { carries } from '../../../src/analyses/carry/carries'
import { carryClasses } from '../../../src/analyses/carry/carry-classes'
import { performance } from '../../../src/analyses/sums/performance'
import type { Intervention } from '../../../src/model/intervention'
import { batchSize } from '../../../src/analyses/running/run-batches'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const ablated: Intervention = { site: 'v', layer: 1, head: 0, positions: 'all', mode: 'mean' }

test.each([[[]], [[ablated]]])('classes share out the whole, under %o', async (interventions) => {
  const model = randomModel()
  const params = { dataset: { size: 120, seed: 5 }, interventions }
  const classes = await runAnalysis(carryClasses, model, params)
  const whole = await runAnalysis(performance, model, params)
  const counts = dataIn(classes, 'n')
  const weighted = (values: readonly number[]) =>
    values.reduce((total, value, index) => total + (counts[index]! > 0 ? value * counts[index]! : 0), 0) / 120

  expect(counts).toEqual(dataIn(await runAnalysis(carries, model, { dataset: params.dataset }), 'perPattern'))
  expect(weighted(dataIn(classes, 'loss'))).toBeCloseTo(numberIn(whole, 'loss'), 12)
  expect(weighted(dataIn(classes, 'exactMatch'))).toBeCloseTo(numberIn(whole, 'exactMatch'), 12)
  const perDigit = tensorIn(classes, 'lossPerDigit')
  for (let digit = 0; digit < 4; digit++) {
    const column = counts.map((_, pattern) => entry(perDigit, pattern, digit))
    expect(weighted(column)).toBeCloseTo(dataIn(whole, 'lossPerDigit')[digit]!, 12)
  }
})

test('classes without a sum have no loss, and counts grow with every report', async () => {
  const reports: Report[] = []
  const result = await runAnalysis(carryClasses, randomModel(), { dataset: { size: 600, seed: 5 } }, reports)
  dataIn(result, 'n').forEach((count, pattern) => {
    expect(Number.isNaN(dataIn(result, 'loss')[pattern])).toBe(count === 0)
  })
  const totals = reports.map(({ partial }) => dataIn(partial!, 'n').reduce((total, count) => total + count, 0))
  expect(totals).toEqual([batchSize, 2 * batchSize, 600])
})

interface Wrong {
  readonly set20000_seed7: { readonly wrong: readonly { readonly pattern: string }[] }
}

test.skipIf(!hasReference)(`the four wrong sums of 20,000 are in their classes (${needsReference})`, async () => {
  const { wrong } = (readReference('accuracy.json') as Wrong).set20000_seed7
  const result = await runAnalysis(carryClasses, publishedOnnx(), { dataset: { size: 20_000, seed: 7 } })
  const missed = tensorIn(result, 'n').labels['pattern']!.flatMap((pattern, index) => {
    const count = dataIn(result, 'n')[index]!
    return new Array<string>(Math.round(count * (1 - dataIn(result, 'exactMatch')[index]!))).fill(pattern)
  })
  expect(missed.sort()).toEqual(wrong.map(({ pattern }) => pattern).sort())
})
