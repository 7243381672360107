import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TrainingSession } from '../../src/engine/training/training-session'
import { batchesOf } from '../../src/model/training/batches'
import { flatten } from '../../src/model/training/flat-parameters'
import { initialWeights } from '../../src/model/training/initial-weights'
import { presetRecipe } from '../../src/model/training/presets'

const python = process.env['PYTHON'] ?? 'python3'
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0
const steps = 40
const learningRate = 1e-3

/** Both take the same steps on the same batches; the medians of their times are printed as a ratio, one thread each. */
test.skipIf(!hasTorch)('losses are those of PyTorch, step by step (needs Python with PyTorch)', async () => {
  const base = presetRecipe('reference', { learningRate, steps })
  const recipe = {
    ...base,
    schedule: { ...base.schedule, final: learningRate },
    adam: { ...base.adam, weightDecay: 0 },
  }
  const batches = Array.from({ length: steps }, (_, i) => batchesOf(recipe)(i + 1))
  const weights = initialWeights(recipe.config, 0)
  const peer = takeSteps({
    config: recipe.config,
    parameters: Object.fromEntries([...weights].map(([name, { shape, data }]) => [name, { shape, data: [...data] }])),
    batches: batches.map((batch) => [...batch]),
    learningRate,
    threads: 1,
  })
  const parameters = flatten(recipe.config, weights)
  const none = () => new Float32Array(parameters.length)
  const session = await TrainingSession.create(recipe, { step: 0, parameters, mean: none(), square: none() }, 'cpu')
  const milliseconds: number[] = []
  for (const [step, batch] of batches.entries()) {
    const start = performance.now()
    const loss = await session.step(batch)
    milliseconds.push(performance.now() - start)
    expect(Math.abs(loss - peer.losses[step]!)).toBeLessThan(1e-3)
  }
  const [ours, theirs] = [median(milliseconds), median(peer.milliseconds)]
  console.log(
    `A step of ${recipe.batchSize}: ${ours.toFixed(1)} ms here, ${theirs.toFixed(1)} ms in PyTorch ${peer.torch}: ${(theirs / ours).toFixed(2)} times as fast.`,
  )
})

interface PeerResult {
  readonly losses: readonly number[]
  readonly milliseconds: readonly number[]
  readonly torch: string
}

function takeSteps(given: object): PeerResult {
  const script = join(import.meta.dirname, 'training_step.py')
  const { stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout) as PeerResult
}

function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[values.length >> 1]!
}
