import { expect, test } from 'vitest'
import { mapOfPairs, transplantMap } from '../../../src/analyses/carry/transplant-map'
import { performance } from '../../../src/analyses/sums/performance'
import { transplant } from '../../../src/analyses/carry/transplant'
import { sumDataset } from '../../../src/core/dataset'
import { OnnxModel } from '../../../src/engine/onnx-model'
import { positionLabels } from '../../../src/core/positions'
import { publishedLayout, type TaskLayout } from '../../../src/core/task-layout'
import type { Intervention } from '../../../src/model/intervention'
import { expectRates, labReference, flat, type Nested } from '../../support/lab-reference'
import { numpyPairs } from '../../support/numpy-pairing'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, entry, numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

const params = { dataset: { size: 40, seed: 3 } }
const ablated: Intervention = { site: 'z', layer: 0, head: 1, positions: [9, 10], mode: 'mean' }

test('a transplant of the recipient itself changes nothing, at all 84 sites', async () => {
  const model = randomModel()
  const sums = sumDataset(params.dataset, publishedLayout(4))
  const context = { model, progress: () => undefined }
  const map = await mapOfPairs(context, params, { recipients: sums, donors: sums })
  const right = await runAnalysis(performance, model, params)
  expect(map.own.data).toHaveLength(84 * 4)
  const own = Array.from({ length: 4 }, (_, digit) => entry(map.own, 0, 0, 13, digit))
  for (let site = 0; site < 84; site++) expect(Array.from(map.own.data.subarray(site * 4, site * 4 + 4))).toEqual(own)
  expect(own.reduce((sum, share) => sum + share, 0) / 4).toBeCloseTo(numberIn(right, 'tokenAccuracy'), 12)
  expect(Array.from(map.moved.data).every(Number.isNaN)).toBe(true)
})

test.each([[[]], [[ablated]]])('every site is its transplant alone, under %o', async (interventions) => {
  const model = new OnnxModel(randomModel())
  const map = await runAnalysis(transplantMap, model, { ...params, interventions })
  for (const [layer, head, position] of [
    [0, 0, 4],
    [0, 1, 9],
    [0, 2, 12],
    [1, 0, 9],
    [1, 2, 11],
    [1, 1, 2],
  ] as const) {
    const at = [`H${layer}.${head}@${positionLabels(publishedLayout(4))[position]}`]
    const single = tensorIn(await runAnalysis(transplant, model, { ...params, interventions, at }), 'share')
    for (let digit = 0; digit < 4; digit++) {
      expect(entry(tensorIn(map, 'moved'), layer, head, position, digit)).toEqual(entry(single, 0, digit, 1))
      expect(entry(tensorIn(map, 'own'), layer, head, position, digit)).toEqual(entry(single, 1, digit, 0))
    }
  }
})

test('every site is its transplant alone where the answer begins with its last digit', async () => {
  const layout: TaskLayout = { ...publishedLayout(3), answerOrder: 'leastSignificantFirst' }
  const model = new OnnxModel(randomModel(smallConfig({ n_heads: 1, layout })))
  const map = await runAnalysis(transplantMap, model, params)
  const sites = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((position) => [0, position] as const)
  for (const [layer, position] of [...sites, [1, 7], [1, 8], [1, 9]] as const) {
    const single = tensorIn(
      await runAnalysis(transplant, model, { ...params, at: [`H${layer}.0@${position}`] }),
      'share',
    )
    for (let digit = 0; digit < 3; digit++) {
      expect(entry(tensorIn(map, 'moved'), layer, 0, position, digit)).toEqual(entry(single, 0, digit, 1))
      expect(entry(tensorIn(map, 'own'), layer, 0, position, digit)).toEqual(entry(single, 1, digit, 0))
    }
  }
})

test('parts share the sites out', async () => {
  const whole = await runAnalysis(transplantMap, randomModel(), params)
  const parts = await Promise.all(
    [0, 1].map((index) => runAnalysis(transplantMap, randomModel(), params, [], { share: { index, of: 2 } })),
  )
  const merged = dataIn(parts[0]!, 'own').map((value, index) =>
    Number.isNaN(value) ? dataIn(parts[1]!, 'own')[index]! : value,
  )
  expect(merged).toEqual(dataIn(whole, 'own'))
})

test.skipIf(!hasReference)(
  `the published model’s carries are where float64 finds them (${needsReference})`,
  async () => {
    const params = { dataset: { size: 5000, seed: 7 } }
    const pairs = numpyPairs(sumDataset(params.dataset, publishedLayout(4)), 7)
    const map = await mapOfPairs({ model: publishedOnnx(), progress: () => undefined }, params, pairs)
    const sites = labReference('published_transplant.json')['sites'] as unknown as Record<string, { share?: Nested }>
    for (const [name, { share }] of Object.entries(sites)) {
      const [, layer, head, at] = /^H(\d)\.(\d)@([^+ ]+)$/.exec(name) ?? []
      if (!share || layer === undefined) continue
      const shares = flat(share)
      const place = [Number(layer), Number(head), positionLabels(publishedLayout(4)).indexOf(at!)] as const
      for (let digit = 0; digit < 3; digit++) {
        const found = [entry(map.moved, ...place, digit), entry(map.own, ...place, digit)]
        expectRates(found, [shares[digit * 4 + 1]!, shares[16 + digit * 4]!], `${name} C${digit}`)
      }
    }
  },
)
