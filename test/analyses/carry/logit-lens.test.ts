import { expect, test } from 'vitest'
import { logitLens } from '../../../src/analyses/carry/logit-lens'
import { performance } from '../../../src/analyses/sums/performance'
import type { Intervention } from '../../../src/model/intervention'
import { expectLike, labReference } from '../../support/lab-reference'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, numberIn, runAnalysis } from '../../support/run-analysis'

const ablated: Intervention = { site: 'result', layer: 0, head: 1, positions: 'all', mode: 'mean' }

test.each([[[]], [[ablated]]])('the last stage is the model itself, under %o', async (interventions) => {
  const params = { dataset: { size: 60, seed: 4 }, interventions }
  const lens = dataIn(await runAnalysis(logitLens, randomModel(), params), 'accuracy')
  const accuracy = lens.slice(-4).reduce((sum, share) => sum + share, 0) / 4
  expect(accuracy).toBeCloseTo(numberIn(await runAnalysis(performance, randomModel(), params), 'tokenAccuracy'), 12)
})

test.skipIf(!hasReference)(`is what float64 gives for the published model (${needsReference})`, async () => {
  const reference = labReference('published_logit_lens.json')
  const result = await runAnalysis(logitLens, publishedOnnx(), { dataset: { size: 1000, seed: 42 } })
  expectLike(dataIn(result, 'accuracy'), reference['accuracy'], 3e-4)
  expectLike(dataIn(result, 'correctLogitMean'), reference['correctLogitMean'], 3e-4)
})
