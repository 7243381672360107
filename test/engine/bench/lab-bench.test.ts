import { expect, test } from 'vitest'
import { labBenchText } from '../../../src/cli/lab-bench-text'
import { labTasks, runLabBench } from '../../../src/engine/bench/lab-bench'
import { createEngine } from '../../../src/engine/handlers'
import { exportSafetensors } from '../../../src/model/export-model'
import { randomModel } from '../../support/random-model'
import { unwatched } from '../../../src/contract/unwatched'

const tasks = labTasks.map((task) => ({ ...task, sums: 20 }))

test('every question of the carry lab is asked and timed, of other sums each time', async () => {
  const engine = createEngine()
  await engine.openModel(
    { source: { name: 'random.safetensors', bytes: new Uint8Array(exportSafetensors(randomModel())) } },
    unwatched,
  )
  const seeds: (number | undefined)[] = []
  const watched = {
    ...engine,
    analyze: ((params, context) => {
      seeds.push(params.params.dataset?.seed)
      return engine.analyze(params, context)
    }) satisfies typeof engine.analyze,
  }
  const timings = await runLabBench(watched, { repeats: 2, tasks })
  expect(timings.map(({ id }) => id)).toEqual(labTasks.map(({ id }) => id))
  expect(timings.every(({ medianMs }) => medianMs > 0)).toBe(true)
  expect([...new Set(seeds)]).toEqual([42, 43, 44])
})

test('what was measured is a table, with the ratio to a peer where there is one', () => {
  const timings = tasks.map((task) => ({ ...task, medianMs: 50, result: {} }))
  const alone = labBenchText(timings, 2, { absent: 'It was not measured.' })
  expect(alone).toContain('It was not measured.')
  expect(alone).toMatch(/transplant-map +every site alone +20 +50\.0 ms +300 ms/)
  const peers = Object.fromEntries(tasks.map(({ id }) => [id, { medianMs: 1250, threads: 1, difference: 1e-7 }]))
  const beside = labBenchText(timings, 2, { version: '2.18.0', tasks: peers })
  expect(beside).toMatch(/hierarchy +race +20 +50\.0 ms +60\.0 ms +1250 ms +25\.0 times +1e-7/)
})
