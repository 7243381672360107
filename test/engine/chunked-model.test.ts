import { expect, test } from 'vitest'
import { tensor } from '../../src/core/tensor'
import { chunkedModel } from '../../src/engine/chunked-model'
import type { Edit, Model, Tokens } from '../../src/model/model'
import { smallConfig } from '../support/random-model'

/** A model whose output is each example's tokens plus the edit's and the start's value for that example. */
function echoModel(batches: number[]): Model {
  return {
    name: 'echo',
    sha256: '',
    config: smallConfig(),
    weights: new Map(),
    run: async (tokens, { edits, start }) => {
      const [examples, positions] = tokens.shape as [number, number]
      batches.push(examples)
      const data = Float32Array.from(tokens.data, (token, i) => {
        const example = Math.floor(i / positions)
        const { value, mask } = edits![0]!
        const fixed = edits![1]!.value
        expect(mask.shape[0]).toBe(examples)
        expect(fixed.shape[0]).toBe(1)
        return token + value.data[example]! + fixed.data[0]! + start!.residPre.data[example]!
      })
      const labels = { example: tokens.labels.example ?? [] }
      return new Map([['logits', tensor(['example', 'position'], [examples, positions], data, { labels })]])
    },
  }
}

function setUp(examples: number) {
  const labels = { example: Array.from({ length: examples }, (_, i) => `sum ${i}`) }
  const tokens: Tokens = tensor(
    ['example', 'position'],
    [examples, 2],
    Int32Array.from({ length: examples * 2 }, (_, i) => i),
    { labels },
  )
  const column = (scale: number) => Float32Array.from({ length: examples }, (_, i) => i * scale)
  const edits: Edit[] = [
    {
      hook: 'a',
      mask: { shape: [examples, 1], data: new Uint8Array(examples) },
      value: { shape: [examples, 1], data: column(1000) },
    },
    {
      hook: 'b',
      mask: { shape: [1, 1], data: Uint8Array.of(1) },
      value: { shape: [1, 1], data: Float32Array.of(0.5) },
    },
  ]
  const residPre = tensor(['example', 'd_model'], [examples, 1], column(1_000_000))
  return { tokens, options: { outputs: ['logits'], edits, start: { layer: 1, residPre } } }
}

test('chunks put together are the whole run: rows of tokens, edits, start and labels stay together', async () => {
  const { tokens, options } = setUp(700)
  const batches: number[] = []
  let turns = 0
  const chunked = chunkedModel(echoModel(batches), async () => {
    turns++
  })
  const whole = (await echoModel([]).run(tokens, options)).get('logits')
  const parts = (await chunked.run(tokens, options)).get('logits')
  expect(parts).toEqual(whole)
  expect(batches.length).toBeGreaterThan(2)
  expect(batches.reduce((a, b) => a + b)).toBe(700)
  expect(turns).toBe(batches.length)
})

test('a refused turn stops the run', async () => {
  const { tokens, options } = setUp(700)
  const batches: number[] = []
  const chunked = chunkedModel(echoModel(batches), async () => {
    if (batches.length === 2) throw new Error('cancelled')
  })
  await expect(chunked.run(tokens, options)).rejects.toThrow('cancelled')
  expect(batches).toHaveLength(2)
})
