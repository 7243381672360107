import { expect, test } from 'vitest'
import { residualCircle } from '../../../src/analyses/carry/residual-circle'
import { digitsOf } from '../../../src/core/tokens'
import { sumDataset } from '../../../src/core/dataset'
import { publishedLayout } from '../../../src/core/task-layout'
import { expectLike, labReference } from '../../support/lab-reference'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

test.skipIf(!hasReference)(`is what float64 gives for the published model (${needsReference})`, async () => {
  const reference = labReference('published_residual_circle.json')
  const result = await runAnalysis(residualCircle, publishedOnnx(), { dataset: { size: 1000, seed: 42 } })
  for (const name of ['centroid', 'spread', 'variance', 'frequency1', 'power'])
    expectLike(dataIn(result, name), reference[name], 3e-4)
})

test('centroids are the means of the points, spreads their distance, and the powers shares of a whole', async () => {
  const dataset = { size: 150, seed: 2 }
  const result = await runAnalysis(residualCircle, randomModel(), { dataset })
  const [points, centroid, spread] = ['points', 'centroid', 'spread'].map((name) => tensorIn(result, name)) as [
    never,
    never,
    never,
  ]
  const threes = sumDataset(dataset, publishedLayout(4)).flatMap(({ a, b }, example) =>
    digitsOf(a + b, 4)[2] === 3 ? [example] : [],
  )
  const mean = [0, 1].map(
    (component) => threes.reduce((sum, example) => sum + entry(points, 2, 2, example, component), 0) / threes.length,
  )
  expect(entry(centroid, 2, 2, 3, 0)).toBeCloseTo(mean[0]!, 5)
  expect(entry(centroid, 2, 2, 3, 1)).toBeCloseTo(mean[1]!, 5)
  const squares = threes.reduce(
    (sum, example) =>
      sum + (entry(points, 2, 2, example, 0) - mean[0]!) ** 2 + (entry(points, 2, 2, example, 1) - mean[1]!) ** 2,
    0,
  )
  expect(entry(spread, 2, 2, 3)).toBeCloseTo(Math.sqrt(squares / threes.length), 5)
  const power = tensorIn(result, 'power')
  const whole = [0, 1, 2, 3, 4, 5].reduce((sum, frequency) => sum + entry(power, 2, 2, frequency), 0)
  expect(whole).toBeCloseTo(1, 12)
  expect(entry(tensorIn(result, 'within'), 2, 2)).toBeLessThanOrEqual(1)
})

test('where every vector is the same there is nothing to share out, and only as many points as asked for', async () => {
  const result = await runAnalysis(residualCircle, randomModel(), { dataset: { size: 100, seed: 2 }, examples: 7 })
  // `=` stands there in every sum.
  for (const name of ['variance', 'within', 'frequency1']) expect(entry(tensorIn(result, name), 0, 0)).toBeNaN()
  expect(tensorIn(result, 'points').shape).toEqual([3, 4, 7, 2])
})
