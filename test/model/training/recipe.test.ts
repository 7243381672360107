import { expect, test } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import { BadInput } from '../../../src/core/bad-input'
import { initialWeights } from '../../../src/model/training/initial-weights'
import { learningRate } from '../../../src/model/training/learning-rate'
import { phaseAt, totalSteps } from '../../../src/model/training/phase'
import { type RecipeChoices, presetRecipe } from '../../../src/model/training/presets'

test('the learning rate rises to its peak and falls linearly to its end', () => {
  const schedule = { steps: 1000, warmup: 200, peak: 2e-3, final: 2e-5 }
  expect(learningRate(schedule, 1)).toBeCloseTo(1e-5, 12)
  expect(learningRate(schedule, 200)).toBe(2e-3)
  expect(learningRate(schedule, 201)).toBe(2e-3)
  expect(learningRate(schedule, 1000)).toBeCloseTo(2e-5, 12)
  const slopes = [300, 600, 999].map((step) => learningRate(schedule, step + 1) - learningRate(schedule, step))
  for (const slope of slopes) expect(slope).toBeCloseTo((2e-5 - 2e-3) / 799, 12)
})

test('without warm-up the first step has the peak rate', () => {
  expect(learningRate({ steps: 10, warmup: 0, peak: 2e-3, final: 1e-4 }, 1)).toBe(2e-3)
})

test('the reference recipe is the published one', () => {
  const recipe = presetRecipe('reference')
  expect(recipe.data).toEqual({ kind: 'fixed', size: 100_000 })
  expect(recipe.schedule).toEqual({ steps: 19_500, warmup: 0, peak: 2e-3, final: 1e-4 })
  expect(recipe).toMatchObject({ batchSize: 512, keep: 'best', interval: 195, adam: { weightDecay: 1e-3 } })
})

test('a refinement follows the main phase, with learning rates of its own', () => {
  const recipe = presetRecipe('bundled')
  expect(totalSteps(recipe)).toBe(31_500)
  expect(phaseAt(recipe, 30_000)).toMatchObject({ before: 0, data: { minedShare: 0 } })
  expect(phaseAt(recipe, 30_001)).toMatchObject({ before: 30_000, data: { minedShare: 0.25 } })
  expect(phaseAt(recipe, 30_001).schedule).toEqual({ steps: 1500, warmup: 150, peak: 1e-4, final: 1e-6 })
  for (const choices of [{ steps: 19 }, { layout: publishedLayout(3) }])
    expect(presetRecipe('bundled', choices).refinement).toBeUndefined()
})

test.each<[RecipeChoices, string]>([
  [{ layout: publishedLayout(9) }, '9 operand digits'],
  [{ layers: 0 }, 'n_layers 0'],
  [{ heads: 9 }, 'n_heads 9'],
  [{ steps: 0 }, 'number of steps is 0'],
  [{ batchSize: 0 }, 'batch size is 0'],
  [{ learningRate: NaN }, 'learning rate is NaN'],
  [{ learningRate: 2 }, 'learning rate is 2'],
  [{ seed: -1 }, 'seed is -1'],
  [{ interval: 0 }, 'number of steps between checkpoints is 0'],
])('a recipe with %o is refused', (choices, words) => {
  expect(() => presetRecipe('bundled', choices)).toThrow(BadInput)
  expect(() => presetRecipe('bundled', choices)).toThrow(words)
})

test('an unknown preset is refused with the known ones', () => {
  expect(() => presetRecipe('best')).toThrow('There is no preset "best"; choose bundled or reference.')
})

test("the first weights are TransformerLens's: normal matrices, no biases, LayerNorms that do nothing", () => {
  const { config } = presetRecipe('bundled')
  const weights = initialWeights(config, 0)
  const matrix = weights.get('blocks.0.attn.W_Q')!.data as Float32Array
  const mean = matrix.reduce((total, value) => total + value, 0) / matrix.length
  const variance = matrix.reduce((total, value) => total + (value - mean) ** 2, 0) / matrix.length
  // 3456 entries: four standard errors.
  expect(Math.abs(mean)).toBeLessThan((4 * 0.115) / Math.sqrt(3456))
  expect(Math.abs(Math.sqrt(variance) / (0.8 / Math.sqrt(48)) - 1)).toBeLessThan(4 / Math.sqrt(2 * 3456))
  const within = matrix.filter((value) => Math.abs(value - mean) < Math.sqrt(variance)).length / matrix.length
  expect(Math.abs(within - 0.6827)).toBeLessThan(0.032)
  expect(new Set(weights.get('ln_final.w')!.data)).toEqual(new Set([1]))
  for (const name of ['blocks.1.attn.b_V', 'unembed.b_U', 'blocks.0.ln1.b'])
    expect(new Set(weights.get(name)!.data)).toEqual(new Set([0]))
  expect(initialWeights(config, 0)).toEqual(weights)
  expect(initialWeights(config, 1).get('embed.W_E')).not.toEqual(weights.get('embed.W_E'))
})
