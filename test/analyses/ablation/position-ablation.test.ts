import { expect, test } from 'vitest'
import { performance } from '../../../src/analyses/sums/performance'
import { positionAblation } from '../../../src/analyses/ablation/position-ablation'
import type { Intervention, Site } from '../../../src/model/intervention'
import { randomModel, smallConfig } from '../../support/random-model'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

const dataset = { size: 6, seed: 3 }

// Every place is checked, so those that the sweep does not run are shown to make no difference.
test.each([
  ['write', ['result']],
  ['read', ['q', 'k', 'v']],
] as const)('every place is what performance finds with that one ablated: %s', async (side, sites: readonly Site[]) => {
  const model = randomModel(smallConfig({ n_heads: 1, numDigits: 2 }))
  const sweep = tensorIn(await runAnalysis(positionAblation, model, { dataset, side, mode: 'zero' }), 'lossDiff')
  const clean = dataIn(await runAnalysis(performance, model, { dataset }), 'lossPerDigit')
  expect(sweep.shape).toEqual([2, 1, 8, 2])
  let differing = 0
  for (const layer of [0, 1])
    for (let position = 0; position < 8; position++) {
      const interventions = sites.map((site): Intervention => {
        return { site, layer, head: 0, positions: [position], mode: 'zero' }
      })
      const ablated = dataIn(await runAnalysis(performance, model, { dataset, interventions }), 'lossPerDigit')
      for (const digit of [0, 1]) {
        expect(entry(sweep, layer, 0, position, digit)).toBeCloseTo(ablated[digit]! - clean[digit]!, 12)
        differing += Math.abs(ablated[digit]! - clean[digit]!) > 1e-9 ? 1 : 0
      }
    }
  expect(differing).toBeGreaterThan(5)
})

test('a digit does not depend on what is ablated after it was predicted', async () => {
  const sweep = tensorIn(await runAnalysis(positionAblation, randomModel(), { dataset }), 'lossDiff')
  for (const head of [0, 1, 2]) {
    expect(entry(sweep, 0, head, 12, 0)).toBeCloseTo(0, 12)
    expect(Math.abs(entry(sweep, 0, head, 3, 0))).toBeGreaterThan(1e-9)
  }
})
