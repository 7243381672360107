import { expect, test } from 'vitest'
import { runBench } from '../../../src/engine/bench/bench'
import { createEngine } from '../../../src/engine/handlers'
import { loadModel } from '../../../src/engine/load-model'
import { OnnxModel } from '../../../src/engine/onnx-model'
import { exportSafetensors } from '../../../src/model/export-model'
import { randomModel } from '../../support/random-model'

test('the engine and the plain forward passes compute the same sweep, and every part is timed', async () => {
  const params = { source: { name: 'random.safetensors', bytes: new Uint8Array(exportSafetensors(randomModel())) } }
  const engine = createEngine()
  await engine.openModel(params, { signal: new AbortController().signal, progress: () => undefined })
  const { model } = await loadModel(params)
  const plain = new OnnxModel(model, { plain: true })
  const parts: string[] = []
  const runs = {
    warmUps: 1,
    sweeps: 1,
    sweepSums: 60,
    keystrokes: 2,
    throughputs: 1,
    throughputSums: 50,
    exhaustiveShards: 25_000,
  }
  const result = await runBench(engine, plain, (part) => parts.push(part), runs)
  await Promise.all([model.dispose(), plain.dispose()])
  expect(parts).toEqual(['the sweep', 'one sum', 'many sums', 'every sum'])
  expect(result).toMatchObject({ sweepSums: 60, sweepAblations: 24, throughputSums: 50, exhaustiveSums: 1000 })
  expect(result.sweepDifference).toBeLessThan(1e-5)
  for (const value of Object.values(result)) expect(Number.isFinite(value)).toBe(true)
})
