import { expect, test } from 'vitest'
import { probe } from '../../../src/analyses/carry/probe'
import { probeMap } from '../../../src/analyses/carry/probe-map'
import { randomModel, smallConfig } from '../../support/random-model'
import { dataIn, entry, numberIn, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const model = randomModel(smallConfig({ numDigits: 2 }))
const dataset = { size: 100, seed: 3 }

test('every cell is the probe there', async () => {
  const map = tensorIn(await runAnalysis(probeMap, model, { dataset }), 'accuracy')
  const [hooks, positions, targets] = [map.labels['hook']!, map.labels['position']!, map.labels['target']!]
  for (const [hook, position, target] of [
    [0, 4, 0],
    [1, 5, 3],
    [2, 6, 5],
  ] as const) {
    const asked = { hook: hooks[hook]!, position: positions[position]!, target: targets[target]! }
    const single = await runAnalysis(probe, model, { dataset, ...asked })
    expect(entry(map, hook, position, target)).toBeCloseTo(numberIn(single, 'accuracy'), 12)
  }
})

test('processes share the cells out, and each fills them one by one', async () => {
  const reports: Report[] = []
  const whole = dataIn(await runAnalysis(probeMap, model, { dataset }, reports), 'accuracy')
  const parts = await Promise.all(
    [0, 1].map((index) => runAnalysis(probeMap, model, { dataset }, [], { share: { index, of: 2 } })),
  )
  const [one, other] = parts.map((part) => dataIn(part, 'accuracy')) as [number[], number[]]
  expect(one.map((value, index) => (Number.isNaN(value) ? other[index]! : value))).toEqual(whole)
  const known = reports.map(
    ({ partial }) => dataIn(partial!, 'accuracy').filter((value) => !Number.isNaN(value)).length,
  )
  expect(known).toEqual(known.toSorted((first, second) => first - second))
  expect(known[0]).toBeLessThan(known.at(-1)!)
})
