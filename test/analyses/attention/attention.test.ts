import { expect, test } from 'vitest'
import { attention } from '../../../src/analyses/attention/attention'
import { OnnxModel } from '../../../src/engine/onnx-model'
import { largestDifference } from '../../support/compare'
import { publishedOnnx, publishedSums } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { entry, runAnalysis, tensorIn } from '../../support/run-analysis'

test('rows sum to 1 over what is not masked, and are the softmax of the scores', async () => {
  const result = await runAnalysis(attention, randomModel(), { sum: { a: 2968, b: 1606 } })
  const [pattern, scores] = [tensorIn(result, 'pattern'), tensorIn(result, 'scores')]
  expect(pattern.shape).toEqual([2, 3, 14, 14])
  for (let layer = 0; layer < 2; layer++)
    for (let head = 0; head < 3; head++)
      for (let query = 0; query < 14; query++) {
        const row = (of: typeof pattern) => Array.from({ length: 14 }, (_, key) => entry(of, layer, head, query, key))
        expect(row(pattern).map(Number.isNaN)).toEqual(Array.from({ length: 14 }, (_, key) => key > query))
        expect(row(scores).map(Number.isNaN)).toEqual(row(pattern).map(Number.isNaN))
        const seen = row(pattern).slice(0, query + 1)
        expect(seen.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12)
        const ratio = Math.exp(entry(scores, layer, head, query, 0) - entry(scores, layer, head, query, query))
        expect(seen[0]! / seen[query]!).toBeCloseTo(ratio, 8)
      }
})

test('it has the precision in which it was computed', async () => {
  const reference = randomModel()
  const [double, single] = await Promise.all(
    [reference, new OnnxModel(reference)].map(async (model) =>
      tensorIn(await runAnalysis(attention, model, { sum: { a: 2968, b: 1606 } }), 'pattern'),
    ),
  )
  expect(double!.data).toBeInstanceOf(Float64Array)
  expect(single!.data).toBeInstanceOf(Float32Array)
  const seen = (data: ArrayLike<number>) => Array.from(data).filter((weight) => !Number.isNaN(weight))
  expect(largestDifference(seen(single!.data), seen(double!.data))).toBeLessThan(1e-6)
})

test('a pattern that is ablated to zero is shown as zero', async () => {
  const ablated = { site: 'pattern', layer: 1, head: 2, positions: [9], mode: 'zero' } as const
  const params = { sum: { a: 2968, b: 1606 }, interventions: [ablated] }
  const pattern = tensorIn(await runAnalysis(attention, randomModel(), params), 'pattern')
  expect(entry(pattern, 1, 2, 9, 4)).toBe(0)
  expect(entry(pattern, 1, 2, 10, 4)).toBeGreaterThan(0)
  expect(entry(pattern, 0, 2, 9, 4)).toBeGreaterThan(0)
})

test.skipIf(!hasReference)(`the published patterns of layer 0 (${needsReference})`, async () => {
  const model = publishedOnnx()
  for (const [example, sum] of publishedSums.entries()) {
    const { traces } = readReference(`notebook/cell21_fig${example}.json`) as { traces: [{ z: number[][][] }] }
    const pattern = tensorIn(await runAnalysis(attention, model, { sum }), 'pattern')
    const saved = traces[0].z.flat(2)
    const shown = Array.from(pattern.data.slice(0, saved.length), (weight) => (Number.isNaN(weight) ? 0 : weight))
    expect(largestDifference(shown, saved)).toBeLessThan(1e-4)
  }
})
