import { expect, test } from 'vitest'
import { attention } from '../../../src/analyses/attention/attention'
import { carryAttention } from '../../../src/analyses/carry/carry-attention'
import { meanAttention } from '../../../src/analyses/attention/mean-attention'
import { sumDataset } from '../../../src/core/dataset'
import { mean } from '../../../src/core/statistics'
import { publishedLayout } from '../../../src/core/task-layout'
import { randomModel } from '../../support/random-model'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'
import { standardDeviation } from '../../support/standard-deviation'

const dataset = { size: 300, seed: 2 }

test('rows of the mean sum to 1, and the answer’s rows are those of carry-attention’s whole group', async () => {
  const model = randomModel()
  const result = await runAnalysis(meanAttention, model, { dataset })
  const grouped = await runAnalysis(carryAttention, model, { dataset })
  const rows = dataIn(result, 'mean')
  for (let row = 0; row < 2 * 3 * 14; row++) {
    const seen = rows.slice(row * 14, row * 14 + (row % 14) + 1)
    expect(seen.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 10)
    expect(rows.slice(row * 14 + (row % 14) + 1, row * 14 + 14).every(Number.isNaN)).toBe(true)
  }
  for (const name of ['mean', 'std'])
    for (let head = 0; head < 3; head++)
      expect(entry(tensorIn(result, name), 1, head, 11, 4)).toBeCloseTo(
        entry(tensorIn(grouped, name), 2, 2, head, 4),
        12,
      )
})

test('mean and spread are those of the sums one at a time', async () => {
  const model = randomModel()
  const few = { size: 6, seed: 1 }
  const weights: number[] = []
  for (const sum of sumDataset(few, publishedLayout(4)))
    weights.push(entry(tensorIn(await runAnalysis(attention, model, { sum }), 'pattern'), 0, 1, 8, 3))
  const result = await runAnalysis(meanAttention, model, { dataset: few })
  expect(entry(tensorIn(result, 'mean'), 0, 1, 8, 3)).toBeCloseTo(mean(weights), 12)
  expect(entry(tensorIn(result, 'std'), 0, 1, 8, 3)).toBeCloseTo(standardDeviation(weights), 12)
})
