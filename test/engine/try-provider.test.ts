import { expect, test } from 'vitest'
import { tryProvider } from '../../src/engine/try-provider'
import { untrainedModel } from '../../src/engine/untrained-model'

test('the CPU agrees with itself to the bit and has a speed', async () => {
  const trial = await tryProvider(untrainedModel(), 'cpu')
  expect(trial).toMatchObject({ provider: 'cpu', maxDifference: 0 })
  expect(trial.liveMs).toBeGreaterThan(0)
  // A batch is faster, sum for sum, than sums one by one with every hook.
  expect(trial.sumsPerSecond).toBeGreaterThan(1000 / trial.liveMs)
})

test('a provider that is not there rejects and harms nobody', async () => {
  await expect(tryProvider(untrainedModel(), 'no-such-provider')).rejects.toThrow()
  expect((await tryProvider(untrainedModel(), 'cpu')).maxDifference).toBe(0)
})
