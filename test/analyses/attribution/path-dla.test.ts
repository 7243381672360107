import { expect, test } from 'vitest'
import { dla } from '../../../src/analyses/attribution/dla'
import { pathDla } from '../../../src/analyses/attribution/path-dla'
import { sumDataset } from '../../../src/core/dataset'
import type { Intervention } from '../../../src/model/intervention'
import { largestDifference } from '../../support/compare'
import { publishedSums } from '../../support/published-onnx'
import { describeConfig, everyConfig, randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, publishedModel, readReference } from '../../support/reference-data'
import { numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

test.each(everyConfig.map((config) => [describeConfig(config), config] as const))(
  'paths and biases add up to the logits: %s',
  async (_, config) => {
    const [sum] = sumDataset({ size: 1, seed: 5 }, config.layout)
    expect(numberIn(await runAnalysis(pathDla, randomModel(config), { sum: sum! }), 'closure')).toBeLessThan(1e-11)
  },
)

test('an earlier MLP is a source, and the last a path of its own', async () => {
  const model = randomModel(smallConfig({ d_mlp: 6, act_fn: 'gelu' }))
  const mlps: readonly Intervention[] = [
    { site: 'mlp_out', layer: 0, positions: [3], mode: 'zero' },
    { site: 'mlp_post', layer: 1, neuron: 2, positions: 'all', mode: 'mean' },
  ]
  for (const interventions of [[], mlps]) {
    const params = { sum: { a: 2968, b: 1606 }, interventions, dataset: { size: 20, seed: 1 } }
    const result = await runAnalysis(pathDla, model, params)
    const components = tensorIn(result, 'attribution').labels['component']!
    expect(components.filter((label) => label.includes('MLP'))).toEqual([
      'MLP0',
      'MLP0 ➔ H1.0',
      'MLP0 ➔ H1.1',
      'MLP0 ➔ H1.2',
      'MLP1',
    ])
    expect(numberIn(result, 'closure')).toBeLessThan(1e-11)
  }
})

test('the paths through a head add up to that head', async () => {
  const params = { sum: { a: 2968, b: 1606 } }
  const model = randomModel()
  const whole = tensorIn(await runAnalysis(dla, model, params), 'attribution')
  const paths = tensorIn(await runAnalysis(pathDla, model, params), 'attribution')
  for (const head of ['H1.0', 'H1.1', 'H1.2']) {
    const through = paths.labels['component']!.flatMap((label, index) => (label.endsWith(head) ? [index] : []))
    expect(through).toHaveLength(5)
    const headAt = whole.labels['component']!.indexOf(head)
    const total = Array.from({ length: 40 }, (_, index) =>
      through.reduce((sum, component) => sum + paths.data[component * 40 + index]!, 0),
    )
    expect(largestDifference(total, whole.data.slice(headAt * 40, headAt * 40 + 40))).toBeLessThan(1e-11)
  }
})

const ablations: readonly Intervention[] = [
  { site: 'pattern', layer: 1, head: 2, positions: [9, 10], mode: 'zero' },
  { site: 'v', layer: 1, head: 0, positions: [3], mode: 'mean' },
  { site: 'result', layer: 1, head: 1, positions: [9, 12], mode: 'resample' },
  { site: 'z', layer: 0, head: 2, positions: 'all', mode: 'patch', donor: { a: 1, b: 2 } },
  { site: 'resid_pre', layer: 1, positions: [4], mode: 'zero' },
]

test('under interventions too, each replacement being a part of its own', async () => {
  const params = { sum: { a: 12, b: 34 }, interventions: ablations, dataset: { size: 20, seed: 1 } }
  const result = await runAnalysis(pathDla, randomModel(), params)
  const components = tensorIn(result, 'attribution').labels['component']!
  expect(components).toContain('resid_pre 1 replaced')
  expect(components.filter((label) => /^H1.\d replaced$/.test(label))).toEqual(['H1.0 replaced', 'H1.1 replaced'])
  expect(numberIn(result, 'closure')).toBeLessThan(1e-11)
})

interface FixedSums {
  readonly sums: readonly { sum: string; dla_paths_corrected_pos9_12: readonly (readonly (readonly number[])[])[] }[]
}

test.skipIf(!hasReference)(`the six fixed sums' paths (${needsReference})`, async () => {
  const { sums } = readReference('fixed-sums.json') as FixedSums
  const model = publishedModel()
  for (const { sum, dla_paths_corrected_pos9_12: saved } of sums) {
    const [a, b] = sum.split(/[+=]/).map(Number)
    const result = await runAnalysis(pathDla, model, { sum: { a: a!, b: b! } })
    const digits = saved.flatMap((component) => component.flatMap((digit) => digit.slice(0, 10)))
    expect(digits).toHaveLength(16 * 40)
    const published = tensorIn(result, 'attribution').data.slice(0, digits.length)
    expect(largestDifference(published, digits), sum).toBeLessThan(1e-6)
    expect(numberIn(result, 'closure')).toBeLessThan(1e-11)
  }
})

test.skipIf(!hasReference)(`the published figure, with the scale of layer 0 (${needsReference})`, async () => {
  const { traces } = readReference('notebook/cell28_fig0.json') as { traces: [{ z: number[][] }] }
  const params = { sum: publishedSums[0], definition: 'notebook' as const }
  const result = await runAnalysis(pathDla, publishedModel(), params)
  const { data, shape } = tensorIn(result, 'attribution')
  expect(shape).toEqual([16, 4, 10])
  const first = traces[0].z.flatMap((_, component) => [...data.slice(component * 40, component * 40 + 10)])
  expect(largestDifference(first, traces[0].z.flat())).toBeLessThan(3e-4)
  expect(numberIn(result, 'closure')).toBeGreaterThan(10)
})
