import { expect, test } from 'vitest'
import { mapOfPairs } from '../../src/analyses/carry/transplant-map'
import { observedDigits } from '../../src/analyses/parts/observed-digits'
import { pairedSums } from '../../src/analyses/parts/paired-sums'
import { TransplantRuns } from '../../src/analyses/parts/transplant-runs'
import { sumDataset } from '../../src/core/dataset'
import { lastPredictingPosition } from '../../src/core/positions'
import { publishedLayout, type TaskLayout } from '../../src/core/task-layout'
import { onnxLoneSites } from '../../src/engine/onnx-lone-sites'
import { OnnxModel } from '../../src/engine/onnx-model'
import type { Intervention } from '../../src/model/intervention'
import { describeConfig, everyConfig, randomModel, smallConfig } from '../support/random-model'

const dataset = { size: 60, seed: 3 }
const backwards: TaskLayout = { ...publishedLayout(3), answerOrder: 'leastSignificantFirst' }
const configs = [...everyConfig, smallConfig({ n_heads: 2, layout: backwards })].filter(({ n_layers }) => n_layers > 1)

/** One at each site of the last layer that has a place in the graph, and some before it; resampled ones differ from sum to sum. */
const cuts = (last: number): Intervention[] => [
  { site: 'result', layer: last - 1, head: 0, positions: [1, 6], mode: 'mean' },
  { site: 'k', layer: last - 1, head: 0, positions: 'all', mode: 'resample' },
  { site: 'q', layer: last, head: 0, positions: 'all', mode: 'mean' },
  { site: 'k', layer: last, head: 0, positions: [0, 3], mode: 'resample' },
  { site: 'v', layer: last, head: 1, positions: [2, 5], mode: 'zero' },
  { site: 'pattern', layer: last, head: 1, positions: 'all', mode: 'resample', seed: 2 },
  { site: 'z', layer: last, head: 1, positions: [6], mode: 'mean' },
  { site: 'result', layer: last, head: 0, positions: [7], mode: 'resample', seed: 5 },
]
const cases = configs.flatMap((config) => [
  [describeConfig(config), 'nothing cut', config, []] as const,
  ...(config.n_heads > 1 ? [[describeConfig(config), 'cuts', config, cuts(config.n_layers - 1)] as const] : []),
])

test.each(cases)(
  'all sites at once are each alone in a run of its own: %s, %s',
  async (_, __, config, interventions) => {
    const model = new OnnxModel(randomModel(config))
    const sums = sumDataset(dataset, config.layout)
    const layers = Array.from({ length: config.n_layers }, (___, layer) => layer)
    let turns = 0
    const loneSites = onnxLoneSites(model, async () => {
      turns++
    })
    const runs = new TransplantRuns(model, pairedSums(sums, 3), { interventions }, sums, {
      of: 'result',
      layers,
      loneSites,
    })
    const places = Array.from({ length: lastPredictingPosition(config.layout) + 1 }, (___, place) => place)
    for await (const batch of runs.batches()) {
      const untouched = observedDigits(batch.baseline.get('logits')!, config)
      const lone = (await batch.lone(places, untouched))!
      let changed = 0
      for (const layer of layers.slice(-2))
        for (let head = 0; head < config.n_heads; head++)
          for (const position of places) {
            const site = { layer, head, position }
            const alone = observedDigits((await batch.transplanted([site])).get('logits')!, config)
            expect(lone.of(site), JSON.stringify(site)).toEqual(alone)
            changed += alone.some((digit, index) => digit !== untouched[index]) ? 1 : 0
          }
      expect(changed).toBeGreaterThan(0)
      expect(lone.of({ layer: config.n_layers - 3, head: 0, position: 0 })).toBeUndefined()
    }
    expect(turns).toBe(2)
  },
)

test('what replaces the last stream or an MLP leaves each site to a run of its own', async () => {
  const config = smallConfig({ numDigits: 2, d_mlp: 7, act_fn: 'relu' })
  const model = new OnnxModel(randomModel(config))
  const sums = sumDataset(dataset, config.layout)
  const loneSites = onnxLoneSites(model, async () => {})
  for (const cut of [
    { site: 'resid_pre', layer: 1 },
    { site: 'mlp_out', layer: 0 },
    { site: 'mlp_post', layer: 1, neuron: 3 },
  ] as const) {
    const interventions = [{ ...cut, positions: 'all', mode: 'zero' } as const]
    const wanted = { of: 'result', layers: [0, 1], loneSites } as const
    for await (const batch of new TransplantRuns(model, pairedSums(sums, 3), { interventions }, sums, wanted).batches())
      expect(await batch.lone([0], new Uint8Array(sums.length * 2))).toBeUndefined()
  }
})

test('a map whose positions are shared out among processes is the whole one', async () => {
  const model = new OnnxModel(randomModel())
  const pairs = pairedSums(sumDataset(dataset, model.config.layout), 3)
  const context = { model, progress: () => undefined, loneSites: onnxLoneSites(model, async () => {}) }
  const alone = await mapOfPairs({ model, progress: () => undefined }, {}, pairs)
  const parts = await Promise.all(
    [0, 1, 2].map((index) => mapOfPairs({ ...context, schedule: { share: { index, of: 3 } } }, {}, pairs)),
  )
  for (const name of ['moved', 'own'] as const) {
    const merged = alone[name].data.map((_, index) => {
      return parts.map((part) => part[name].data[index]!).find((value) => !Number.isNaN(value)) ?? NaN
    })
    expect(merged).toEqual(alone[name].data)
  }
})
