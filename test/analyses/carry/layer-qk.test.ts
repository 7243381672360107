import { expect, test } from 'vitest'
import { attention } from '../../../src/analyses/attention/attention'
import { layerQk } from '../../../src/analyses/carry/layer-qk'
import type { Intervention } from '../../../src/model/intervention'
import { everyConfig, describeConfig, randomModel } from '../../support/random-model'
import { dataIn, entry, numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

const sum = { a: 12, b: 9 }

test.each(everyConfig.map((config) => [describeConfig(config), config] as const))(
  'parts of query and key add up to the scores: %s',
  async (_, config) => {
    const model = randomModel(config)
    const result = await runAnalysis(layerQk, model, { sum })
    expect(numberIn(result, 'closure')).toBeLessThan(1e-9)
    const scores = tensorIn(await runAnalysis(attention, model, { sum }), 'scores')
    const [heads, positions] = [config.n_heads, config.n_ctx]
    const ofLast = Array.from(scores.data).slice(-heads * positions * positions)
    dataIn(result, 'score').forEach((score, index) => {
      if (Number.isNaN(score)) expect(ofLast[index]).toBeNaN()
      else expect(score).toBeCloseTo(ofLast[index]!, 10)
    })
  },
)

test('leaving a part out is seen, and what an intervention puts there is the rest', async () => {
  const ablated: Intervention = { site: 'q', layer: 1, head: 0, positions: 'all', mode: 'zero' }
  const clean = tensorIn(await runAnalysis(layerQk, randomModel(), { sum }), 'parts')
  const intervened = await runAnalysis(layerQk, randomModel(), { sum, interventions: [ablated] })
  const rest = clean.labels['queryPart']!.indexOf('rest')
  expect(Math.abs(entry(clean, 0, 10, 3, rest, 0))).toBeLessThan(1e-12)
  expect(Math.abs(entry(tensorIn(intervened, 'parts'), 0, 10, 3, rest, 0))).toBeGreaterThan(1e-3)
  expect(numberIn(intervened, 'closure')).toBeLessThan(1e-9)
})
