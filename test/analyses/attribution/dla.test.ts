import { expect, test } from 'vitest'
import { attributionClosure, type Attribution } from '../../../src/analyses/parts/attribution'
import { directLogitAttribution, dla, dlaHooks } from '../../../src/analyses/attribution/dla'
import { answerPositions } from '../../../src/core/positions'
import { sumDataset } from '../../../src/core/dataset'
import { tokensOf } from '../../../src/core/tokens'
import { publishedLayout } from '../../../src/core/task-layout'
import type { Intervention } from '../../../src/model/intervention'
import { largestDifference } from '../../support/compare'
import { describeConfig, everyConfig, randomModel } from '../../support/random-model'
import { hasReference, needsReference, publishedModel, readReference } from '../../support/reference-data'
import { numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'
import { publishedSums } from '../../support/published-onnx'

test.each(everyConfig.map((config) => [describeConfig(config), config] as const))(
  'the parts add up to the logits: %s',
  async (_, config) => {
    const [sum] = sumDataset({ size: 1, seed: 5 }, config.layout)
    const result = await runAnalysis(dla, randomModel(config), { sum: sum! })
    const ofLayer = (layer: number) => [
      ...Array.from({ length: config.n_heads }, (_, head) => `H${layer}.${head}`),
      ...(config.d_mlp ? [`MLP${layer}`] : []),
    ]
    const layers = Array.from({ length: config.n_layers }, (_, layer) => ofLayer(layer))
    const components = tensorIn(result, 'attribution').labels['component']
    expect(components).toEqual(['embed', 'pos_embed', ...layers.flat(), 'b_O', 'b_U'])
    expect(numberIn(result, 'closure')).toBeLessThan(1e-12)
  },
)

test('leaving a part out is seen', async () => {
  const notebook = await runAnalysis(dla, randomModel(), { sum: { a: 12, b: 34 }, definition: 'notebook' })
  expect(tensorIn(notebook, 'attribution').labels['component']?.at(-1)).toBe('H1.2')
  expect(numberIn(notebook, 'closure')).toBeGreaterThan(0.01)
})

const ablations: readonly Intervention[] = [
  { site: 'result', layer: 0, head: 1, positions: 'all', mode: 'zero' },
  { site: 'q', layer: 1, head: 0, positions: [9], mode: 'resample', seed: 3 },
  { site: 'resid_pre', layer: 1, positions: [0, 3, 10], mode: 'patch', donor: { a: 4999, b: 1 } },
  { site: 'resid_pre', layer: 0, positions: [2, 11], mode: 'mean' },
]

test('under interventions too, with a part for each replaced stream', async () => {
  const dataset = { size: 20, seed: 1 }
  const result = await runAnalysis(dla, randomModel(), { sum: { a: 12, b: 34 }, interventions: ablations, dataset })
  expect(tensorIn(result, 'attribution').labels['component']?.slice(8, 10)).toEqual([
    'resid_pre 0 replaced',
    'resid_pre 1 replaced',
  ])
  expect(numberIn(result, 'closure')).toBeLessThan(1e-12)
})

test('a row of a batch, narrowed to the answer, is attributed as if it were alone', async () => {
  const model = randomModel()
  const sums = sumDataset({ size: 3, seed: 8 }, publishedLayout(4))
  const outputs = dlaHooks(model)
  const batch = await model.run(tokensOf(sums, publishedLayout(4)), {
    outputs,
    positions: answerPositions(publishedLayout(4)),
  })
  const alone = await model.run(tokensOf([sums[2]!], publishedLayout(4)), { outputs })
  const row = directLogitAttribution(batch, model, { example: 2 })
  expect(largestDifference(row.data, directLogitAttribution(alone, model).data)).toBeLessThan(1e-12)
  expect(attributionClosure(row, batch, model, 2)).toBeLessThan(1e-12)
})

test.skipIf(!hasReference)(`the six fixed sums' attributions (${needsReference})`, async () => {
  const { sums } = readReference('fixed-sums.json') as {
    sums: readonly { sum: string; dla_simple_pos9_12: readonly (readonly (readonly number[])[])[] }[]
  }
  const model = publishedModel()
  for (const { sum, dla_simple_pos9_12: saved } of sums) {
    const [a, b] = sum.split(/[+=]/).map(Number)
    const result = await runAnalysis(dla, model, { sum: { a: a!, b: b! }, definition: 'notebook' })
    const digits = saved.flatMap((component) => component.flatMap((digit) => digit.slice(0, 10)))
    expect(largestDifference(tensorIn(result, 'attribution').data, digits), sum).toBeLessThan(1e-6)
  }
})

test.skipIf(!hasReference).each([0, 1] as const)(
  `the published figure of example %i at C0 (${needsReference})`,
  async (example) => {
    const { traces } = readReference(`notebook/cell25_fig${example}.json`) as { traces: [{ z: number[][] }] }
    const result = await runAnalysis(dla, publishedModel(), { sum: publishedSums[example], definition: 'notebook' })
    const { data } = tensorIn(result, 'attribution') as Attribution
    const first = traces[0].z.flatMap((_, component) => [...data.slice(component * 40, component * 40 + 10)])
    expect(largestDifference(first, traces[0].z.flat())).toBeLessThan(3e-4)
  },
)
