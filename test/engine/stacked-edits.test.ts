import { expect, test } from 'vitest'
import { OnnxModel } from '../../src/engine/onnx-model'
import { stackedEdits, untouched } from '../../src/engine/stacked-edits'
import { resolveEdits } from '../../src/model/edits'
import type { Intervention } from '../../src/model/intervention'
import { meanActivations } from '../../src/model/mean-activations'
import { largestDifference } from '../support/compare'
import { randomTokens } from '../support/random-edits'
import { randomModel } from '../support/random-model'

const model = randomModel()

test('a batch whose rows are edited differently is the runs of its rows', async () => {
  const one: Intervention = { site: 'result', layer: 0, head: 0, positions: 'all', mode: 'mean' }
  const other: Intervention = { site: 'pattern', layer: 1, head: 2, positions: [9], mode: 'zero' }
  const again: Intervention = { site: 'result', layer: 0, head: 1, positions: [3], mode: 'zero' }
  const outputs = ['logits', 'blocks.1.attn.hook_pattern']
  const replacements = {
    means: (hooks: readonly string[]) => meanActivations(model, [randomTokens(model.config, 5, 2)], hooks),
    resampled: () => Promise.reject(new Error('not resampled')),
  }
  const lists = [[], [one], [one, other], [again, other]]
  const rows = await Promise.all(lists.map((list) => resolveEdits(model, list, replacements)))
  const tokens = randomTokens(model.config, rows.length, 1)
  const together = await model.run(tokens, { outputs, edits: stackedEdits(model.config, rows) })
  for (const [row, edits] of rows.entries()) {
    const data = tokens.data.subarray(row * model.config.n_ctx, (row + 1) * model.config.n_ctx)
    const alone = await model.run({ ...tokens, shape: [1, model.config.n_ctx], data }, { outputs, edits })
    for (const name of outputs) {
      const expected = alone.get(name)!.data
      const found = together.get(name)!.data.slice(row * expected.length, (row + 1) * expected.length)
      expect(largestDifference(found, expected), `${row} ${name}`).toBeLessThan(1e-6)
    }
  }
})

test('what is left untouched is one edit for each place, which nobody can change, however many runs it goes into', async () => {
  const hook = 'blocks.0.attn.hook_q'
  const [edit, again] = [untouched(model.config, hook), untouched(model.config, hook)]
  expect(again).toBe(edit)
  expect(Object.isFrozen(edit)).toBe(true)
  const onnx = new OnnxModel(model)
  const tokens = randomTokens(model.config, 3, 1)
  const run = async (edits: readonly (typeof edit)[]) =>
    (await onnx.run(tokens, { outputs: ['logits'], edits })).get('logits')!.data
  const [clean, first, second] = [await run([]), await run([edit]), await run([again])]
  expect(largestDifference(first, clean)).toBeLessThan(1e-6)
  expect(largestDifference(second, first)).toBe(0)
})
