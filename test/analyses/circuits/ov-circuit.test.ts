import { expect, test } from 'vitest'
import { ovCircuit } from '../../../src/analyses/circuits/ov-circuit'
import { BadInput } from '../../../src/core/bad-input'
import { largestDifference } from '../../support/compare'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, publishedModel, readReference } from '../../support/reference-data'
import { entry, runAnalysis, tensorIn } from '../../support/run-analysis'

test('one path by hand: embed, move, move, unembed', async () => {
  const model = randomModel()
  const { d_model, d_head } = model.config
  const weight = (name: string) => model.weights.get(name)!.data
  const times = (vector: readonly number[], name: string, first: number, columns: number) =>
    Array.from({ length: columns }, (_, column) =>
      vector.reduce((total, value, row) => total + value * weight(name)[first + row * columns + column]!, 0),
    )
  const through = (vector: readonly number[], layer: number, head: number) => {
    const first = head * d_model * d_head
    const value = times(vector, `blocks.${layer}.attn.W_V`, first, d_head)
    return times(value, `blocks.${layer}.attn.W_O`, first, d_model)
  }
  const embedding = Array.from(weight('embed.W_E').slice(7 * d_model, 8 * d_model))
  const logits = times(through(through(embedding, 0, 2), 1, 1), 'unembed.W_U', 0, 12)
  const embeddings = tensorIn(await runAnalysis(ovCircuit, model), 'embeddings')
  for (let logit = 0; logit < 10; logit++) expect(entry(embeddings, 2, 1, 7, logit)).toBeCloseTo(logits[logit]!, 10)
})

test('a pair’s row is the sum of its digits’ rows', async () => {
  const result = await runAnalysis(ovCircuit, randomModel())
  const [one, both] = [tensorIn(result, 'embeddings'), tensorIn(result, 'summed')]
  expect(both.labels['pair']![38]).toBe('3+8')
  for (let logit = 0; logit < 10; logit++)
    expect(entry(both, 0, 2, 38, logit)).toBeCloseTo(entry(one, 0, 2, 3, logit) + entry(one, 0, 2, 8, logit), 12)
})

test('a model of one layer is refused', async () => {
  await expect(runAnalysis(ovCircuit, randomModel(smallConfig({ n_layers: 1 })))).rejects.toThrow(
    new BadInput('This model has one layer, so no head reads what another wrote: open one with two layers or more.'),
  )
})

interface Figure {
  readonly traces: readonly [{ readonly z: number[][] }, { readonly r: number[]; readonly theta: number[] }]
}

test.skipIf(!hasReference).each([
  ['cell33_fig0', 'embeddings', 0, 0],
  ['cell33_fig4', 'embeddings', 1, 1],
  ['cell33_fig8', 'embeddings', 2, 2],
  ['cell35_fig4', 'summed', 1, 1],
] as const)(`the published figure %s (${needsReference})`, async (file, name, head0, head1) => {
  const [heatmap, polar] = (readReference(`notebook/${file}.json`) as Figure).traces
  const result = await runAnalysis(ovCircuit, publishedModel())
  const found = heatmap.z.flatMap((row, input) =>
    row.map((_, logit) => entry(tensorIn(result, name), head0, head1, input, logit)),
  )
  expect(largestDifference(found, heatmap.z.flat())).toBeLessThan(1e-4)
  polar.r.forEach((radius, input) => {
    const magnitude = entry(tensorIn(result, `${name}FftMagnitude`), head0, head1, input, 1)
    expect(Math.abs(magnitude / radius - 1)).toBeLessThan(1e-5)
    const turn = entry(tensorIn(result, `${name}FftPhase`), head0, head1, input, 1) - polar.theta[input]!
    expect(1 - Math.cos(turn)).toBeLessThan(1e-8)
  })
})
