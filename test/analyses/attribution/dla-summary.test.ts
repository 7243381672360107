import { expect, test } from 'vitest'
import { dla } from '../../../src/analyses/attribution/dla'
import { dlaSummary } from '../../../src/analyses/attribution/dla-summary'
import { predictions } from '../../../src/analyses/sums/predictions'
import { sumDataset } from '../../../src/core/dataset'
import { mean } from '../../../src/core/statistics'
import { publishedLayout } from '../../../src/core/task-layout'
import { largestDifference } from '../../support/compare'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'
import { standardDeviation } from '../../support/standard-deviation'

const dataset = { size: 8, seed: 4 }

test('it is dla one sum at a time, and the components’ means add up to the mean right logit', async () => {
  const model = randomModel()
  const result = await runAnalysis(dlaSummary, model, { dataset })
  const shares: number[] = []
  const logits: number[] = []
  for (const sum of sumDataset(dataset, publishedLayout(4))) {
    const predicted = await runAnalysis(predictions, model, { sum })
    const answer = dataIn(predicted, 'answer')[2]!
    logits.push(entry(tensorIn(predicted, 'logits'), 2, answer))
    shares.push(entry(tensorIn(await runAnalysis(dla, model, { sum }), 'attribution'), 5, 2, answer))
  }
  expect(entry(tensorIn(result, 'mean'), 5, 2)).toBeCloseTo(mean(shares), 12)
  expect(entry(tensorIn(result, 'std'), 5, 2)).toBeCloseTo(standardDeviation(shares), 12)
  const total = Array.from({ length: 10 }, (_, component) => entry(tensorIn(result, 'mean'), component, 2))
  expect(total.reduce((sum, share) => sum + share, 0)).toBeCloseTo(mean(logits), 10)
})

test('a part alone favours the right digit where its own attribution is largest there', async () => {
  const model = randomModel()
  const result = await runAnalysis(dlaSummary, model, { dataset })
  const sums = sumDataset(dataset, publishedLayout(4))
  const [alone, any] = [new Array<number>(10).fill(0), [0, 0]]
  for (const sum of sums) {
    const { data, shape } = tensorIn(await runAnalysis(dla, model, { sum }), 'attribution')
    const right = (sum.a + sum.b) % 10
    const favours = Array.from({ length: shape[0]! }, (_, component) => {
      const shares = Array.from(data.slice((component * 4 + 3) * 10, (component * 4 + 4) * 10))
      return shares.indexOf(Math.max(...shares)) === right
    })
    favours.forEach((yes, component) => (alone[component]! += Number(yes) / sums.length))
    // The heads stand behind the two embeddings, three to a layer.
    any.forEach(
      (_, layer) => (any[layer]! += Number(favours.slice(2 + 3 * layer, 5 + 3 * layer).includes(true)) / sums.length),
    )
  }
  alone.forEach((share, component) => expect(entry(tensorIn(result, 'alone'), component, 3)).toBeCloseTo(share, 12))
  any.forEach((share, layer) => expect(entry(tensorIn(result, 'anyHead'), layer, 3)).toBeCloseTo(share, 12))
})

test('a part that adds nothing favours no digit', async () => {
  const interventions = [{ site: 'z', layer: 1, head: 2, positions: 'all', mode: 'zero' }] as const
  const result = await runAnalysis(dlaSummary, randomModel(), { dataset: { size: 40, seed: 4 }, interventions })
  const alone = (component: string) => {
    const { data, labels } = tensorIn(result, 'alone')
    return Array.from(data)
      .slice(4 * labels['component']!.indexOf(component))
      .slice(0, 4)
  }
  expect(alone('H1.2')).toEqual([0, 0, 0, 0])
  expect(Math.max(...alone('H1.1'))).toBeGreaterThan(0)
})

interface Bars {
  readonly traces: readonly { readonly y: number[] }[]
}

test.skipIf(!hasReference)(`the published means and spreads (${needsReference})`, async () => {
  const result = await runAnalysis(dlaSummary, publishedOnnx(), { definition: 'notebook' })
  for (const [figure, name] of [
    [0, 'mean'],
    [1, 'std'],
  ] as const) {
    const { traces } = readReference(`notebook/cell26_fig${figure}.json`) as Bars
    const saved = traces.flatMap(({ y }) => y)
    expect(largestDifference(dataIn(result, name), saved), name).toBeLessThan(3e-4)
  }
})
