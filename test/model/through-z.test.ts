import { expect, test } from 'vitest'
import { tokensOf } from '../../src/core/tokens'
import { publishedLayout } from '../../src/core/task-layout'
import { resolveEdits } from '../../src/model/edits'
import type { Intervention } from '../../src/model/intervention'
import { meanActivations } from '../../src/model/mean-activations'
import { throughZ } from '../../src/model/through-z'
import { largestDifference } from '../support/compare'
import { randomModel } from '../support/random-model'

const model = randomModel()
const sums = [
  { a: 12, b: 4034 },
  { a: 4999, b: 1 },
  { a: 250, b: 2750 },
]

test.each(['zero', 'mean', 'resample', 'patch'] as const)('replacing z is replacing the result: %s', async (mode) => {
  const donor = mode === 'patch' ? { donor: { a: 1234, b: 3210 } } : {}
  const cut: Intervention = { site: 'result', layer: 0, head: 1, positions: [3, 9], mode, ...donor }
  const tokens = tokensOf(sums, publishedLayout(4))
  const replacements = {
    means: (hooks: readonly string[]) => meanActivations(model, [tokens], hooks),
    resampled: (_: number, hooks: readonly string[]) =>
      model.run(tokensOf([sums[1]!, sums[2]!, sums[0]!], publishedLayout(4)), { outputs: hooks }),
  }
  const logitsUnder = async (intervention: Intervention) => {
    const edits = await resolveEdits(model, [intervention], replacements)
    return (await model.run(tokens, { outputs: ['logits'], edits })).get('logits')!.data
  }
  const [direct, earlier] = [await logitsUnder(cut), await logitsUnder(throughZ(cut))]
  const clean = (await model.run(tokens, { outputs: ['logits'] })).get('logits')!.data
  expect(largestDifference(direct, earlier)).toBeLessThan(1e-10)
  expect(largestDifference(direct, clean)).toBeGreaterThan(1e-4)
})

test('other sites stay where they are', () => {
  const cut: Intervention = { site: 'q', layer: 0, head: 1, positions: 'all', mode: 'zero' }
  expect(throughZ(cut)).toEqual(cut)
})
