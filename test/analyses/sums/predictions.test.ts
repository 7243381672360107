import { expect, test } from 'vitest'
import { predictions, predictionsOf } from '../../../src/analyses/sums/predictions'
import { BadInput } from '../../../src/core/bad-input'
import { largestDifference } from '../../support/compare'
import { publishedOnnx, publishedSums } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

test('probabilities of a digit sum to 1, the likeliest is predicted, and answer is the sum', async () => {
  const result = await runAnalysis(predictions, randomModel(), { sum: { a: 2968, b: 1606 } })
  const probs = tensorIn(result, 'probs')
  expect(dataIn(result, 'answer')).toEqual([4, 5, 7, 4])
  for (let digit = 0; digit < 4; digit++) {
    const row = Array.from({ length: 12 }, (_, token) => entry(probs, digit, token))
    expect(row.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 12)
    const predicted = dataIn(result, 'predicted')[digit]!
    expect(row[predicted]).toBe(Math.max(...row))
    expect(dataIn(result, 'correct')[digit]).toBe(predicted === dataIn(result, 'answer')[digit] ? 1 : 0)
  }
})

test('logarithms are those of the probabilities, and finite where a probability is no number any more', async () => {
  const result = await runAnalysis(predictions, randomModel(), { sum: { a: 2968, b: 1606 } })
  expect(largestDifference(dataIn(result, 'logProbs').map(Math.exp), dataIn(result, 'probs'))).toBeLessThan(1e-15)
  const { config } = randomModel()
  const logits = Float32Array.from({ length: config.n_ctx * 12 }, (_, index) => (index % 12 === 0 ? 0 : -800))
  const run = new Map([['logits', { shape: [1, config.n_ctx, 12], data: logits }]])
  const { probs, logProbs } = predictionsOf(run as never, { config })
  expect([probs.data[1], logProbs.data[1]]).toEqual([0, -800])
})

test('patching everything from a donor gives the donor’s logits, patching from oneself changes nothing', async () => {
  const model = randomModel()
  const logits = async (sum: { a: number; b: number }, donor?: { a: number; b: number }) => {
    const everything = { site: 'resid_pre', layer: 0, positions: 'all', mode: 'patch' } as const
    const interventions = donor ? [{ ...everything, donor }] : []
    return dataIn(await runAnalysis(predictions, model, { sum, interventions }), 'logits')
  }
  const [sum, donor] = [
    { a: 12, b: 34 },
    { a: 4321, b: 999 },
  ]
  expect(largestDifference(await logits(sum, donor), await logits(donor))).toBeLessThan(1e-12)
  expect(largestDifference(await logits(sum, sum), await logits(sum))).toBeLessThan(1e-12)
})

test.each([
  [{}, 'The analysis "predictions" is about one sum: name it, as in --sum 2968+1606.'],
  [
    { sum: { a: 5000, b: 0 } },
    '5000 is out of range: this model adds whole numbers from 0000 to 4999, so that the answer fits in 4 digits; ' +
      'choose an operand in that range.',
  ],
])('%o is refused in one sentence', async (params, sentence) => {
  await expect(runAnalysis(predictions, randomModel(), params)).rejects.toThrow(new BadInput(sentence))
})

test.skipIf(!hasReference)(`the published probabilities (${needsReference})`, async () => {
  const { traces } = readReference('notebook/cell08_fig0.json') as { traces: [{ z: number[][] }] }
  const probs = tensorIn(await runAnalysis(predictions, publishedOnnx(), { sum: publishedSums[0] }), 'probs')
  const byToken = Array.from({ length: 12 }, (_, token) => [0, 1, 2, 3].map((digit) => entry(probs, digit, token)))
  expect(largestDifference(byToken.flat(), traces[0].z.flat())).toBeLessThan(1e-4)
})

interface FixedSums {
  readonly sums: readonly { sum: string; pred: number[]; logits_pos9_12: number[][] }[]
}

test.skipIf(!hasReference)(`the logits of the six fixed sums (${needsReference})`, async () => {
  const { sums } = readReference('fixed-sums.json') as FixedSums
  const model = publishedOnnx()
  for (const { sum, pred, logits_pos9_12: saved } of sums) {
    const [a, b] = sum.split(/[+=]/).map(Number)
    const result = await runAnalysis(predictions, model, { sum: { a: a!, b: b! } })
    expect(largestDifference(dataIn(result, 'logits'), saved.flat()), sum).toBeLessThan(3e-4)
    expect(dataIn(result, 'predicted')).toEqual(pred)
  }
})
