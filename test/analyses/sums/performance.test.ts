import { expect, test } from 'vitest'
import { performance } from '../../../src/analyses/sums/performance'
import { predictions } from '../../../src/analyses/sums/predictions'
import { BadInput } from '../../../src/core/bad-input'
import { sumDataset } from '../../../src/core/dataset'
import { publishedLayout } from '../../../src/core/task-layout'
import { batchSize } from '../../../src/analyses/running/run-batches'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const dataset = { size: 30, seed: 4 }

test('the loss is the mean over digits, and over sums one at a time', async () => {
  const model = randomModel()
  const result = await runAnalysis(performance, model, { dataset })
  const perDigit = dataIn(result, 'lossPerDigit')
  expect(perDigit.reduce((total, loss) => total + loss, 0) / 4).toBeCloseTo(numberIn(result, 'loss'), 12)

  const probabilities: number[] = []
  let exact = 0
  for (const sum of sumDataset(dataset, publishedLayout(4))) {
    const alone = await runAnalysis(predictions, model, { sum })
    dataIn(alone, 'answer').forEach((answer, digit) =>
      probabilities.push(entry(tensorIn(alone, 'probs'), digit, answer)),
    )
    exact += dataIn(alone, 'correct').every(Boolean) ? 1 : 0
  }
  const loss = probabilities.reduce((total, probability) => total - Math.log(probability), 0) / probabilities.length
  expect(numberIn(result, 'loss')).toBeCloseTo(loss, 10)
  expect(numberIn(result, 'minProb')).toBeCloseTo(Math.min(...probabilities), 12)
  // In single precision.
  expect(numberIn(result, 'medianProb')).toBeCloseTo(probabilities.sort((one, other) => one - other)[59]!, 7)
  expect(numberIn(result, 'exactMatch')).toBe(exact / 30)
})

test('reports every batch, the last being the result', async () => {
  const reports: Report[] = []
  const result = await runAnalysis(performance, randomModel(), { dataset: { size: 600, seed: 1 } }, reports)
  expect(reports.map(({ done, total }) => [done, total])).toEqual([
    [batchSize, 600],
    [2 * batchSize, 600],
    [600, 600],
  ])
  expect(reports.at(-1)!.partial).toEqual(result)
  expect(reports[0]!.partial).not.toEqual(result)
})

test('partial results of a long run are reported at most twenty times', async () => {
  const reports: Report[] = []
  const model = randomModel(smallConfig({ n_layers: 1, n_heads: 1, d_model: 4, numDigits: 2 }))
  await runAnalysis(performance, model, { dataset: { size: 63 * batchSize, seed: 1 } }, reports)
  expect(reports).toHaveLength(63)
  expect(reports.filter(({ partial }) => partial)).toHaveLength(20)
})

test('an intervention acts, and one that puts back what was there does not', async () => {
  const model = randomModel()
  const loss = async (mode: 'zero' | 'mean' | 'resample', size: number) =>
    numberIn(
      await runAnalysis(performance, model, {
        dataset: { size, seed: 9 },
        interventions: [{ site: 'z', layer: 0, head: 1, positions: 'all', mode }],
      }),
      'loss',
    )
  const clean = async (size: number) =>
    numberIn(await runAnalysis(performance, model, { dataset: { size, seed: 9 } }), 'loss')
  expect(await loss('zero', 5)).not.toBeCloseTo(await clean(5), 6)
  expect(await loss('resample', 5)).not.toBeCloseTo(await clean(5), 6)
  // The mean over one sum is that sum's own activation.
  expect(await loss('mean', 1)).toBeCloseTo(await clean(1), 12)
})

test.each([
  [
    { dataset: { size: 0, seed: 1 } },
    'The parameter "dataset.size" of the analysis "performance" is 0, which does not fit: Too small: expected number to be >=1; ' +
      'choose another value.',
  ],
  [
    { sum: { a: 5, b: 5 } },
    'The analysis "performance" is not about one sum: leave the sum out, or choose its sums by number and seed.',
  ],
  [{ dataset, subset: 'G***' }, 'No sum matches G***: leading digits are below 5.'],
])('%o is refused in one sentence', async (params, sentence) => {
  await expect(runAnalysis(performance, randomModel(), params)).rejects.toThrow(new BadInput(sentence))
})

interface Accuracy {
  readonly [set: string]: Readonly<Record<string, number>> & { readonly loss_per_digit: readonly number[] }
}

test.skipIf(!hasReference).each([
  ['set1000_seed42', { size: 1000, seed: 42 }],
  ['set20000_seed7', { size: 20_000, seed: 7 }],
] as const)(`the published accuracy: %s (${needsReference})`, async (set, dataset) => {
  const saved = (readReference('accuracy.json') as Accuracy)[set]!
  const result = await runAnalysis(performance, publishedOnnx(), { dataset })
  expect(numberIn(result, 'loss')).toBeCloseTo(saved['loss']!, 6)
  expect(numberIn(result, 'minProb')).toBeCloseTo(saved['min_prob']!, 4)
  expect(numberIn(result, 'exactMatch')).toBe(saved['exact_match'])
  expect(numberIn(result, 'tokenAccuracy')).toBe(saved['token_acc'])
  dataIn(result, 'lossPerDigit').forEach((loss, digit) => expect(loss).toBeCloseTo(saved.loss_per_digit[digit]!, 6))
  if (saved['mean_prob'] === undefined) return
  expect(numberIn(result, 'meanProb')).toBeCloseTo(saved['mean_prob'], 6)
  expect(numberIn(result, 'medianProb')).toBeCloseTo(saved['median_prob']!, 6)
})

test('single sums are told of, the first ones only, in partial results too', async () => {
  const model = randomModel()
  const params = { dataset: { size: 300, seed: 4 }, examples: batchSize + 14 }
  const reports: Report[] = []
  const result = await runAnalysis(performance, model, params, reports)
  const sums = sumDataset(params.dataset, publishedLayout(4)).slice(0, params.examples)
  expect(dataIn(result, 'operands')).toEqual(sums.flatMap(({ a, b }) => [a, b]))
  expect(tensorIn(reports[0]!.partial!, 'exampleLoss').shape).toEqual([batchSize, 4])
  for (const example of [0, params.examples - 1]) {
    const alone = await runAnalysis(predictions, model, { sum: sums[example]! })
    dataIn(alone, 'answer').forEach((answer, digit) => {
      const probability = entry(tensorIn(alone, 'probs'), digit, answer)
      expect(Math.exp(-entry(tensorIn(result, 'exampleLoss'), example, digit))).toBeCloseTo(probability, 6)
      expect(entry(tensorIn(result, 'predicted'), example, digit)).toBe(dataIn(alone, 'predicted')[digit])
    })
  }
  expect(await runAnalysis(performance, model, { dataset: params.dataset })).not.toHaveProperty('operands')
})

test('one mean: over a single sum with the mean of the reference set, the loss is that of the sum’s own run', async () => {
  const model = randomModel()
  const [sum] = sumDataset({ size: 1, seed: 7 }, publishedLayout(4))
  const ablated = { site: 'result', layer: 0, head: 1, positions: 'all', mode: 'mean' } as const
  const statistics = { dataset: { size: 1, seed: 7 }, interventions: [ablated] }
  const own = await runAnalysis(predictions, model, { sum: sum!, interventions: [ablated] })
  const answer = Array.from(String(sum!.a + sum!.b).padStart(4, '0'), Number)
  const loss = answer.reduce((total, digit, at) => total - Math.log(entry(tensorIn(own, 'probs'), at, digit)) / 4, 0)
  const over = async (meanOver?: 'reference') =>
    numberIn(await runAnalysis(performance, model, { ...statistics, ...(meanOver && { meanOver }) }), 'loss')
  expect(await over('reference')).toBeCloseTo(loss, 6)
  expect(Math.abs((await over()) - loss)).toBeGreaterThan(1e-4)
})

test('one mean: over the subset, a sum’s own run replaces by what statistics over that subset replace by', async () => {
  const model = randomModel()
  const ablated = { site: 'result', layer: 0, head: 1, positions: 'all', mode: 'mean' } as const
  const question = { dataset, subset: 'carries', interventions: [ablated] }
  const all = await runAnalysis(performance, model, { ...question, examples: 3 })
  const operands = tensorIn(all, 'operands')
  const sum = { a: entry(operands, 2, 0), b: entry(operands, 2, 1) }
  const own = await runAnalysis(predictions, model, { sum, ...question })
  const [first] = dataIn(own, 'answer')
  expect(-Math.log(entry(tensorIn(own, 'probs'), 0, first!))).toBeCloseTo(entry(tensorIn(all, 'exampleLoss'), 2, 0), 6)
})
