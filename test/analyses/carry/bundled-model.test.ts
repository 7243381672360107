import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { hierarchy } from '../../../src/analyses/carry/hierarchy'
import { transplant } from '../../../src/analyses/carry/transplant'
import { transplantMap } from '../../../src/analyses/carry/transplant-map'
import { loadModel } from '../../../src/engine/load-model'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

/** What docs/carry-lab.md says of the bundled model. */
const path = resolve(import.meta.dirname, '../../../models/sum-4digit')
const { model } = await loadModel({ source: { path } })
const many = { dataset: { size: 5000, seed: 7 } }

test('its carries live where it is said', async () => {
  const map = await runAnalysis(transplantMap, model)
  const moved = tensorIn(map, 'moved')
  expect(entry(moved, 0, 2, 8, 2)).toBe(1)
  expect(entry(moved, 0, 2, 7, 1)).toBeCloseTo(0.689, 2)
  expect(entry(moved, 0, 2, 9, 0)).toBeCloseTo(0.931, 2)
  for (const [digit, best] of [
    [0, 0.931],
    [1, 0.689],
    [2, 1],
  ] as const) {
    const all = dataIn(map, 'moved').filter((value, index) => index % 4 === digit && !Number.isNaN(value))
    expect(Math.max(...all)).toBeCloseTo(best, 2)
  }
})

test('two sites hold the class of column 2, a test for 10 and one for 9', async () => {
  const at = ['H0.2@B2', 'H0.1@B3']
  const three = await runAnalysis(transplant, model, { ...many, at, moves: ['class:2@C1'] })
  const two = await runAnalysis(transplant, model, { ...many, at, moves: ['class:2@C1'], binary: true })
  expect(dataIn(three, 'perDigit')[1]).toBe(1)
  expect(dataIn(two, 'perDigit')[1]).toBeCloseTo(0.94, 2)
  const races = await runAnalysis(hierarchy, model)
  expect(entry(tensorIn(races, 'agreement'), 2, 7, 2)).toBe(1)
  expect(entry(tensorIn(races, 'agreementNine'), 1, 8, 2)).toBe(1)
})

test('C2’s carry goes through patterns and values together', async () => {
  const via = async (pieces: string) => {
    const result = await runAnalysis(transplant, model, { ...many, at: ['H0.2@B3'], via: pieces })
    return entry(tensorIn(result, 'share'), 0, 2, 1)
  }
  expect(await via('pattern')).toBeCloseTo(0.468, 2)
  expect(await via('v')).toBeCloseTo(0.521, 2)
  expect(await via('pattern+v')).toBe(1)
})
