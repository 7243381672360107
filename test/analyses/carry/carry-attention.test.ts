import { expect, test } from 'vitest'
import { attention } from '../../../src/analyses/attention/attention'
import { carryAttention } from '../../../src/analyses/carry/carry-attention'
import { columnsOf } from '../../../src/core/columns'
import { sumDataset } from '../../../src/core/dataset'
import { mean } from '../../../src/core/statistics'
import { publishedLayout } from '../../../src/core/task-layout'
import { largestDifference } from '../../support/compare'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'
import { standardDeviation } from '../../support/standard-deviation'

const dataset = { size: 40, seed: 2 }

test('groups share out the sums, and all is their weighted mean', async () => {
  const result = await runAnalysis(carryAttention, randomModel(), { dataset })
  const [means, n] = [tensorIn(result, 'mean'), tensorIn(result, 'n')]
  for (let digit = 0; digit < 3; digit++) {
    expect(entry(n, 0, digit) + entry(n, 1, digit)).toBe(40)
    for (let key = 0; key <= 9 + digit; key++) {
      const weighted =
        entry(n, 0, digit) * entry(means, 0, digit, 1, key) + entry(n, 1, digit) * entry(means, 1, digit, 1, key)
      expect(weighted / 40).toBeCloseTo(entry(means, 2, digit, 1, key), 12)
    }
  }
})

test('mean and spread are those of the sums one at a time', async () => {
  const model = randomModel(smallConfig({ numDigits: 2 }))
  const result = await runAnalysis(carryAttention, model, { dataset })
  const carrying = sumDataset(dataset, publishedLayout(2)).filter(
    (sum) => columnsOf(sum, publishedLayout(2)).carryIn[0],
  )
  const weights: number[] = []
  for (const sum of carrying)
    weights.push(entry(tensorIn(await runAnalysis(attention, model, { sum }), 'pattern'), 1, 2, 5, 3))
  expect(entry(tensorIn(result, 'n'), 0, 0)).toBe(carrying.length)
  expect(entry(tensorIn(result, 'mean'), 0, 0, 2, 3)).toBeCloseTo(mean(weights), 12)
  expect(entry(tensorIn(result, 'std'), 0, 0, 2, 3)).toBeCloseTo(standardDeviation(weights), 12)
})

test('nothing is carried into the last column, and keys after the query are masked', async () => {
  const result = await runAnalysis(carryAttention, randomModel(), { dataset })
  expect(entry(tensorIn(result, 'n'), 0, 3)).toBe(0)
  expect(entry(tensorIn(result, 'mean'), 0, 3, 0, 0)).toBeNaN()
  expect(entry(tensorIn(result, 'mean'), 1, 3, 0, 0)).toBeGreaterThan(0)
  expect(entry(tensorIn(result, 'mean'), 2, 1, 0, 10)).toBeGreaterThan(0)
  expect(entry(tensorIn(result, 'mean'), 2, 1, 0, 11)).toBeNaN()
})

interface Bars {
  readonly traces: readonly { readonly y: number[]; readonly error_y: { readonly array: number[] } }[]
}

test.skipIf(!hasReference).each([
  [0, 0, 0],
  [1, 1, 0],
  [2, 0, 1],
])(`the published figure %i (${needsReference})`, async (figure, group, digit) => {
  const { traces } = readReference(`notebook/cell40_fig${figure}.json`) as Bars
  const result = await runAnalysis(carryAttention, publishedOnnx(), { definition: 'notebook' })
  traces.forEach(({ y, error_y }, head) => {
    const keys = (name: string) => y.map((_, key) => entry(tensorIn(result, name), group, digit, head, key))
    expect(largestDifference(keys('mean'), y)).toBeLessThan(1e-4)
    expect(largestDifference(keys('std'), error_y.array)).toBeLessThan(1e-4)
  })
  expect(dataIn(result, 'n').slice(0, 3)).toEqual([515, 715, 689])
})
