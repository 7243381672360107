import { expect, test } from 'vitest'
import { carries } from '../../../src/analyses/carry/carries'
import { dataset } from '../../../src/analyses/sums/dataset'
import { randomModel } from '../../support/random-model'
import { dataIn, entry, numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

const model = randomModel()

test('a carry out of a column is one into the column to its left, and patterns count every sum once', async () => {
  const result = await runAnalysis(carries, model, { dataset: { size: 500, seed: 3 } })
  const perColumn = tensorIn(result, 'perColumn')
  for (let digit = 0; digit < 3; digit++) expect(entry(perColumn, 0, digit)).toBe(entry(perColumn, 1, digit + 1))
  expect(dataIn(result, 'perPattern').reduce((total, count) => total + count, 0)).toBe(500)
})

test('counts are those of the dataset’s own columns', async () => {
  const params = { dataset: { size: 200, seed: 6 }, subset: '*P**' }
  const listed = await runAnalysis(dataset, model, params)
  const result = await runAnalysis(carries, model, params)
  const count = (name: string, digit: number) =>
    dataIn(listed, name).filter((value, index) => index % 4 === digit && value === 1).length
  for (let digit = 0; digit < 4; digit++) {
    expect(entry(tensorIn(result, 'perColumn'), 0, digit)).toBe(count('carryIn', digit))
    expect(entry(tensorIn(result, 'perColumn'), 1, digit)).toBe(count('carryOut', digit))
  }
})

test('carries and non-carries share the sums out', async () => {
  const of = (subset: string) => runAnalysis(carries, model, { dataset: { size: 300, seed: 2 }, subset })
  expect(numberIn(await of('carries'), 'any')).toBe(numberIn(await of('all'), 'any'))
  expect(numberIn(await of('carries'), 'n') + numberIn(await of('non-carries'), 'n')).toBe(300)
  expect(numberIn(await of('non-carries'), 'any')).toBe(0)
})

// The counts that the notebook printed, and the true ones, for torch's 1000 sums of seed 42.
test('the published dataset: 826 sums carry; the notebook counts columns that differ as carries', async () => {
  const result = await runAnalysis(carries, model)
  const perColumn = tensorIn(result, 'perColumn')
  const row = (definition: number) => [0, 1, 2].map((digit) => entry(perColumn, definition, digit))
  expect(numberIn(result, 'any')).toBe(826)
  expect(perColumn.labels['definition']).toEqual(['carryIn', 'carryOut', 'notebook'])
  expect(row(0)).toEqual([515, 477, 440])
  expect(row(2)).toEqual([515, 715, 689])
})
