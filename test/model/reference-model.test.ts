import { expect, test } from 'vitest'
import { tokensOf } from '../../src/core/tokens'
import { publishedLayout } from '../../src/core/task-layout'
import { hooksOf } from '../../src/model/hooks'
import type { ActivationCache } from '../../src/model/model'
import { largestDifference } from '../support/compare'
import { describeConfig, everyConfig, randomModel, smallConfig } from '../support/random-model'

const sums = [
  { a: 12, b: 34 },
  { a: 49, b: 1 },
  { a: 0, b: 27 },
]

for (const config of everyConfig) {
  const model = randomModel(config)
  const everyHook = hooksOf(config).map((hook) => hook.name)
  const last = config.n_layers - 1
  const tokens = tokensOf(sums, config.layout)
  const name = describeConfig(config)

  test(`a pattern is causal and its rows sum to 1 (${name})`, async () => {
    const cache = await model.run(tokens, { outputs: [`blocks.${last}.attn.hook_pattern`] })
    const { data } = cache.get(`blocks.${last}.attn.hook_pattern`)!
    const size = config.n_ctx
    for (let row = 0; row < data.length / size; row++) {
      const weights = Array.from(data.subarray(row * size, (row + 1) * size))
      expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12)
      expect(weights.slice((row % size) + 1).every((weight) => weight === 0)).toBe(true)
    }
  })

  test(`the residual stream is the sum of what was written to it (${name})`, async () => {
    const cache = await model.run(tokens, { outputs: everyHook })
    const written = [
      'hook_embed',
      'hook_pos_embed',
      ...hooksOf(config).flatMap(({ name }) => (/hook_(attn|mlp)_out$/.test(name) ? [name] : [])),
    ]
    const total = cache
      .get('hook_embed')!
      .data.map((_, index) => written.reduce((sum, name) => sum + cache.get(name)!.data[index]!, 0))
    expect(largestDifference(total, cache.get(`blocks.${last}.hook_resid_post`)!.data)).toBeLessThan(1e-12)
  })

  test(`a later start from clean activations and chosen positions change nothing (${name})`, async () => {
    const full = await model.run(tokens, { outputs: everyHook })
    const positions = [config.n_ctx - 2, 2, config.layout.operandDigits]
    const later = everyHook.filter(
      (hook) => hook.startsWith(`blocks.${last}.`) || hook.startsWith('ln_final') || hook === 'logits',
    )
    const residPre = full.get(`blocks.${last}.hook_resid_pre`)!
    const part = await model.run(tokens, { outputs: later, start: { layer: last, residPre }, positions })
    for (const hook of hooksOf(config).filter(({ name }) => later.includes(name))) {
      const expected = hook.narrowed ? rowsOf(full, hook.name, positions) : full.get(hook.name)!.data
      expect(largestDifference(part.get(hook.name)!.data, expected), hook.name).toBe(0)
    }
  })
}

test('what a position computes depends on no later token', async () => {
  const model = randomModel()
  const outputs = ['logits', 'blocks.1.attn.hook_z']
  const [one, other] = await Promise.all(
    [
      { a: 1234, b: 4321 },
      { a: 1234, b: 4329 },
    ].map((sum) => model.run(tokensOf([sum], publishedLayout(4)), { outputs })),
  )
  const before = [0, 1, 2, 3, 4, 5, 6, 7]
  for (const name of outputs)
    expect(largestDifference(rowsOf(one!, name, before), rowsOf(other!, name, before))).toBe(0)
  expect(largestDifference(one!.get('logits')!.data, other!.get('logits')!.data)).toBeGreaterThan(1e-3)
})

test('an edit replaces exactly what its mask says, and everything later follows', async () => {
  const model = randomModel()
  const tokens = tokensOf(sums, publishedLayout(4))
  const hook = 'blocks.0.attn.hook_result'
  const outputs = [hook, 'blocks.0.hook_attn_out']
  const clean = await model.run(tokens, { outputs })
  const mask = { shape: [3, 1, 3, 1], data: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0) }
  const value = { shape: [1, 1, 1, 12], data: Float64Array.from({ length: 12 }, (_, index) => index) }
  const edited = await model.run(tokens, { outputs, edits: [{ hook, mask, value }] })

  const { shape, data } = clean.get(hook)!
  const perExample = data.length / shape[0]!
  const expected = data.map((kept, index) => {
    const [head, example] = [Math.floor(index / 12) % 3, Math.floor(index / perExample)]
    return example === 1 && head === 1 ? index % 12 : kept
  })
  expect(largestDifference(edited.get(hook)!.data, expected)).toBe(0)
  const written = (cache: ActivationCache) => cache.get('blocks.0.hook_attn_out')!.data
  const change = written(edited).map((value, index) => value - written(clean)[index]!)
  const wanted = change.map((_, index) => {
    const [example, row, column] = [Math.floor(index / (14 * 12)), Math.floor(index / 12), index % 12]
    return example === 1 ? column - data[(row * 3 + 1) * 12 + column]! : 0
  })
  expect(largestDifference(change, wanted)).toBeLessThan(1e-12)
})

test('a hook that does not exist is refused with the nearest name', async () => {
  const run = randomModel().run(tokensOf(sums, publishedLayout(4)), { outputs: ['blocks.1.attn.hook_patern'] })
  await expect(run).rejects.toThrow(
    'The model has no hook "blocks.1.attn.hook_patern"; the nearest name is "blocks.1.attn.hook_pattern".',
  )
})

test('an edit whose mask does not fit its hook is refused', async () => {
  const config = smallConfig()
  const one = { shape: [1, 1, 5, 1], data: new Uint8Array(5) }
  const edit = { hook: 'blocks.0.attn.hook_q', mask: one, value: { shape: [1, 1, 1, 1], data: new Float64Array(1) } }
  await expect(
    randomModel(config).run(tokensOf(sums, publishedLayout(4)), { outputs: ['logits'], edits: [edit] }),
  ).rejects.toThrow('An edit of shape [1, 1, 5, 1] does not fit "blocks.0.attn.hook_q", which has [3, 14, 3, 5].')
})

/** The rows of an activation's position (or query) axis that `positions` name. */
function rowsOf(cache: ActivationCache, name: string, positions: readonly number[]): number[] {
  const { dims, shape, data } = cache.get(name)!
  const axis = dims.findIndex((dim) => dim === 'position' || dim === 'query')
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1)
  const outer = data.length / (inner * shape[axis]!)
  return Array.from({ length: outer }, (_, block) =>
    positions.flatMap((position) => {
      const from = (block * shape[axis]! + position) * inner
      return [...data.slice(from, from + inner)]
    }),
  ).flat()
}
