import { expect, test } from 'vitest'
import { pathDla } from '../../../src/analyses/attribution/path-dla'
import { pathDlaBatch } from '../../../src/analyses/attribution/path-dla-batch'
import { sumDataset } from '../../../src/core/dataset'
import { realFourier } from '../../../src/core/fourier'
import { publishedLayout } from '../../../src/core/task-layout'
import { randomModel } from '../../support/random-model'
import { entry, runAnalysis, tensorIn } from '../../support/run-analysis'

const dataset = { size: 5, seed: 6 }

test.each(['corrected', 'notebook'] as const)('it is path-dla one sum at a time (%s)', async (definition) => {
  const model = randomModel()
  const batch = await runAnalysis(pathDlaBatch, model, { dataset, definition })
  const [magnitude, phase] = [tensorIn(batch, 'magnitude'), tensorIn(batch, 'phase')]
  expect(magnitude.shape).toEqual([definition === 'notebook' ? 16 : 21, 4, 5])
  for (const [example, sum] of sumDataset(dataset, publishedLayout(4)).entries()) {
    const alone = tensorIn(await runAnalysis(pathDla, model, { sum, definition }), 'attribution')
    expect(magnitude.labels['component']).toEqual(alone.labels['component'])
    for (const [component, digit] of [
      [0, 0],
      [9, 2],
      [15, 3],
    ] as const) {
      const row = Array.from({ length: 10 }, (_, logit) => entry(alone, component, digit, logit))
      const waves = realFourier(row, 10)
      expect(entry(magnitude, component, digit, example)).toBeCloseTo(waves.magnitude[1]!, 10)
      expect(entry(phase, component, digit, example)).toBeCloseTo(waves.phase[1]!, 9)
    }
  }
})

test('only so many sums are run as are asked for, under the same means', async () => {
  const model = randomModel()
  const interventions = [{ site: 'result', layer: 0, head: 1, positions: 'all', mode: 'mean' }] as const
  const all = await runAnalysis(pathDlaBatch, model, { dataset, interventions })
  const some = await runAnalysis(pathDlaBatch, model, { dataset, interventions, examples: 2 })
  expect(tensorIn(some, 'magnitude').labels['example']).toEqual(
    tensorIn(all, 'magnitude').labels['example']?.slice(0, 2),
  )
  expect(entry(tensorIn(some, 'phase'), 5, 1, 1)).toBe(entry(tensorIn(all, 'phase'), 5, 1, 1))
})
