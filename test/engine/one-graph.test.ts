import { afterAll, expect, test } from 'vitest'
import { positionAblation } from '../../src/analyses/ablation/position-ablation'
import { interaction } from '../../src/analyses/carry/interaction'
import { qkvAblation } from '../../src/analyses/ablation/qkv-ablation'
import { oneGraph } from '../../src/engine/one-graph'
import { OnnxModel } from '../../src/engine/onnx-model'
import type { Intervention } from '../../src/model/intervention'
import type { Model } from '../../src/model/model'
import { largestDifference } from '../support/compare'
import { randomModel, smallConfig } from '../support/random-model'
import { dataIn, runAnalysis } from '../support/run-analysis'

const model = new OnnxModel(randomModel(smallConfig()))
afterAll(() => model.dispose())

const sweeps = [qkvAblation, positionAblation]
const dataset = { size: 20, seed: 5 }
const cuts: readonly Intervention[] = [
  { site: 'v', layer: 0, head: 1, positions: 'all', mode: 'mean' },
  { site: 'result', layer: 1, head: 0, positions: [9, 10], mode: 'zero' },
]

test.each(sweeps)('$id says the same with one graph as with the graph of each cut', async (sweep) => {
  for (const interventions of [[], cuts]) {
    const expected = await runAnalysis(sweep, model, { dataset, interventions })
    const found = await runAnalysis(sweep, oneGraph(model), { dataset, interventions })
    expect(largestDifference(dataIn(found, 'lossDiff'), dataIn(expected, 'lossDiff'))).toBeLessThan(1e-5)
  }
})

test('what an analysis exchanges where no intervention acts is exchanged', async () => {
  const params = { dataset: { size: 10, seed: 5 }, interventions: cuts }
  const [expected, found] = [
    await runAnalysis(interaction, model, params),
    await runAnalysis(interaction, oneGraph(model), params),
  ]
  expect(largestDifference(dataIn(found, 'loss'), dataIn(expected, 'loss'))).toBeLessThan(1e-5)
})

test('every run under edits that begins at one layer edits the same hooks', async () => {
  const edited = new Set<string>()
  const { name, sha256, config, weights } = model
  const run: Model['run'] = (tokens, options) => {
    const { edits = [], start, clean } = options
    expect(clean).toBeUndefined()
    if (edits.length > 0) edited.add(JSON.stringify([start?.layer ?? 0, edits.map(({ hook }) => hook)]))
    return model.run(tokens, options)
  }
  const watched = oneGraph({ name, sha256, config, weights, run })
  for (const sweep of sweeps)
    for (const interventions of [[], cuts]) await runAnalysis(sweep, watched, { dataset, interventions })
  expect(edited.size).toBe(config.n_layers)
})
