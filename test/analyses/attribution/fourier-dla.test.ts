import { expect, test } from 'vitest'
import { fourierDla } from '../../../src/analyses/attribution/fourier-dla'
import { unembedding } from '../../../src/analyses/weights/unembedding'
import { publishedOnnx, publishedSums } from '../../support/published-onnx'
import { largestDifference } from '../../support/compare'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

const sum = { a: 2968, b: 1606 }

test('the arrows of all parts, tail to head, end at the prediction', async () => {
  const result = await runAnalysis(fourierDla, randomModel(), { sum })
  const [magnitude, phase] = [tensorIn(result, 'magnitude'), tensorIn(result, 'phase')]
  for (let digit = 0; digit < 4; digit++) {
    const end = (of: (angle: number) => number) =>
      Array.from({ length: 10 }, (_, part) => entry(magnitude, part, digit) * of(entry(phase, part, digit))).reduce(
        (total, step) => total + step,
      )
    const length = dataIn(result, 'predictionMagnitude')[digit]!
    const angle = dataIn(result, 'predictionPhase')[digit]!
    expect(end(Math.cos)).toBeCloseTo(length * Math.cos(angle), 9)
    expect(end(Math.sin)).toBeCloseTo(length * Math.sin(angle), 9)
  }
  expect(largestDifference(dataIn(result, 'sumMagnitude'), dataIn(result, 'predictionMagnitude'))).toBeLessThan(1e-9)
})

test('the correct phase is that of the right digit’s row of the Gram matrix', async () => {
  const model = randomModel()
  const gram = tensorIn(await runAnalysis(unembedding, model), 'gramFftPhase')
  const result = await runAnalysis(fourierDla, model, { sum })
  const expected = [4, 5, 7, 4].map((digit) => entry(gram, digit, 1))
  expect(largestDifference(dataIn(result, 'correctPhase'), expected)).toBeLessThan(1e-12)
})

interface Polar {
  readonly traces: readonly { readonly name: string; readonly r: number[]; readonly theta: number[] }[]
}

test.skipIf(!hasReference)(`the published figure of example 0 (${needsReference})`, async () => {
  const { traces } = readReference('notebook/cell30_fig0.json') as Polar
  const result = await runAnalysis(fourierDla, publishedOnnx(), { sum: publishedSums[0], definition: 'notebook' })
  const trace = (name: string) => traces.find((candidate) => candidate.name === name)!
  for (let digit = 0; digit < 4; digit++) {
    const heads = (name: string) => [5, 6, 7].map((part) => entry(tensorIn(result, name), part, digit))
    const radii = [
      ...heads('magnitude'),
      dataIn(result, 'predictionMagnitude')[digit]!,
      dataIn(result, 'correctMagnitude')[digit]!,
    ]
    const saved = [...trace(`DLA ${digit}`).r, trace(`prediction ${digit}`).r[1]!, trace(`correct dir ${digit}`).r[1]!]
    radii.forEach((radius, index) => expect(Math.abs(radius / saved[index]! - 1)).toBeLessThan(1e-5))
    const angles = [
      ...heads('phase'),
      dataIn(result, 'predictionPhase')[digit]!,
      dataIn(result, 'correctPhase')[digit]!,
    ]
    const savedAngles = [
      ...trace(`DLA ${digit}`).theta,
      trace(`prediction ${digit}`).theta[1]!,
      trace(`correct dir ${digit}`).theta[1]!,
    ]
    expect(largestDifference(angles, savedAngles)).toBeLessThan(1e-4)
  }
})
