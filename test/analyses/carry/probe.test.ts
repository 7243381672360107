import { expect, test } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import type { AnalysisParams } from '../../../src/analyses/registry'
import { probe } from '../../../src/analyses/carry/probe'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { numberIn, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const dataset = { size: 300, seed: 3 }

test('a digit that stands there is found, one that comes later is not', async () => {
  const of = (target: string) =>
    runAnalysis(probe, randomModel(), { dataset, hook: 'hook_embed', position: 'B2', target }).then((result) =>
      numberIn(result, 'accuracy'),
    )
  expect(await of('digit:B2')).toBe(1)
  expect(await of('digit:B3')).toBeLessThan(0.3)
})

test('the digits of operands are counted in operands, also where answers have one more', async () => {
  const layout = { ...publishedLayout(3), answerDigits: 4, largestFirstDigit: 9 } as const
  const of = (target: string) =>
    runAnalysis(probe, randomModel(smallConfig({ layout })), { dataset, hook: 'hook_embed', position: 'B1', target })
  expect(numberIn(await of('digit:B1'), 'accuracy')).toBe(1)
  await expect(of('digit:B3')).rejects.toThrow('operands have the digits B0 to B2')
})

test('scores of a head are told, with the weights of every number', async () => {
  const result = await runAnalysis(probe, randomModel(), { dataset, hook: 'blocks.1.attn.hook_z', target: 'class:2' })
  expect(tensorIn(result, 'weights').shape).toEqual([15, 3])
  expect(tensorIn(result, 'singularValues').shape).toEqual([3])
  expect(numberIn(result, 'unembedAccuracy')).toBeNaN()
  expect(numberIn(result, 'majority')).toBeGreaterThan(0.3)
})

test.skipIf(!hasReference)(`a probe reads fewer of the answer’s digits than W_U does (${needsReference})`, async () => {
  const result = await runAnalysis(probe, publishedOnnx(), { dataset: { size: 4000, seed: 7 } })
  expect(numberIn(result, 'accuracy')).toBeCloseTo(0.65, 1)
  expect(numberIn(result, 'unembedAccuracy')).toBeGreaterThan(0.999)
})

test.skipIf(!hasReference)(`a carry that nobody uses is found all the same (${needsReference})`, async () => {
  const asked = { hook: 'blocks.0.hook_resid_post', position: 'B3', target: 'carryIn:C2' }
  const result = await runAnalysis(probe, publishedOnnx(), { dataset: { size: 2000, seed: 7 }, ...asked })
  expect(numberIn(result, 'auc')).toBeGreaterThan(0.99)
})

test.each<[string, AnalysisParams]>([
  ['nothing to tell apart', { target: 'class:0' }],
  ['no target', { target: 'carry' }],
  ['no target', { target: 'class:7' }],
  ['is not a position', { position: 'D1' }],
  ['no one vector at a position', { hook: 'blocks.0.attn.hook_pattern' }],
  ['no hook', { hook: 'blocks.9.hook_resid_post' }],
])('bad input is told in a sentence: %s', async (words, params) => {
  const failure: unknown = await runAnalysis(probe, randomModel(), { dataset, ...params }).catch(
    (error: unknown) => error,
  )
  expect(String(failure)).toContain(words)
  expect(String(failure).length).toBeLessThan(300)
})

test('what the first sums say comes before the rest, and is what they alone say', async () => {
  const reports: Report[] = []
  const params = { dataset: { size: 1000, seed: 3 }, target: 'carryIn:C1' }
  await runAnalysis(probe, randomModel(), params, reports)
  const partials = reports.map(({ partial }) => partial).filter((partial) => partial !== undefined)
  expect(partials.map((partial) => numberIn(partial, 'n'))).toEqual([200, 1000])
  const first = await runAnalysis(probe, randomModel(), params, [], { first: 200 })
  expect(numberIn(partials[0]!, 'accuracy')).toBe(numberIn(first, 'accuracy'))
})
