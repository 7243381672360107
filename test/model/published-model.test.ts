import { expect, test } from 'vitest'
import { tensor } from '../../src/core/tensor'
import { logSoftmax } from '../../src/core/softmax'
import { largestDifference } from '../support/compare'
import { hasReference, needsReference, publishedModel, readReference } from '../support/reference-data'

interface FixedSum {
  readonly sum: string
  readonly tokens: readonly number[]
  readonly target: readonly number[]
  readonly logits_pos9_12: readonly (readonly number[])[]
  readonly pattern_L0: number[][][]
  readonly pattern_L1: number[][][]
  readonly ln1_scale_L0: number[]
  readonly ln1_scale_L1: number[]
  readonly ln_final_scale: number[]
  readonly nll: readonly number[]
}

/** The saved numbers have nine significant digits. */
const tolerance = 1e-7

test.skipIf(!hasReference)(
  `the oracle reproduces the published model's six fixed sums (${needsReference})`,
  async () => {
    const model = publishedModel()
    const { sums } = readReference('fixed-sums.json') as { sums: readonly FixedSum[] }
    expect(sums).toHaveLength(6)
    for (const fixed of sums) {
      const tokens = tensor(['example', 'position'], [1, 14], Int32Array.from(fixed.tokens))
      const saved: Record<string, readonly number[]> = {
        'blocks.0.attn.hook_pattern': fixed.pattern_L0.flat(2),
        'blocks.1.attn.hook_pattern': fixed.pattern_L1.flat(2),
        'blocks.0.ln1.hook_scale': fixed.ln1_scale_L0,
        'blocks.1.ln1.hook_scale': fixed.ln1_scale_L1,
        'ln_final.hook_scale': fixed.ln_final_scale,
      }
      const cache = await model.run(tokens, { outputs: ['logits', ...Object.keys(saved)] })
      for (const [name, values] of Object.entries(saved))
        expect(largestDifference(cache.get(name)!.data, values), `${fixed.sum} ${name}`).toBeLessThan(tolerance)
      const logits = cache.get('logits')!.data.slice(9 * 12, 13 * 12)
      expect(largestDifference(logits, fixed.logits_pos9_12.flat()), `${fixed.sum} logits`).toBeLessThan(tolerance)
      const loss = fixed.target.map((target, digit) => -logSoftmax(logits, digit * 12, 12)[target]!)
      expect(largestDifference(loss, fixed.nll), `${fixed.sum} nll`).toBeLessThan(tolerance)
    }
  },
)
