import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishedLayout } from '../../src/core/task-layout'
import { vocabularyOrder } from '../../src/core/vocabulary'
import { openAdding } from '../../src/engine/adding-check'
import { readSafetensors } from '../../src/model/files/safetensors-reader'
import { writeSafetensors } from '../../src/model/files/safetensors-writer'

const bundled = readFileSync(join(import.meta.dirname, '../../models/sum-4digit/model.safetensors'))

/** The bundled model with `+` and `=` at each other's ids and one token more. */
function disguised(): Uint8Array {
  const stored = new Map(readSafetensors('model.safetensors', bundled))
  const rows = (name: string, order: readonly number[], axis: 0 | 1) => {
    const known = stored.get(name)!
    const { type, shape } = known
    const data = known.read()
    const [outer, inner] = axis === 0 ? [1, shape[1] ?? 1] : [shape[0]!, 1]
    const extent = shape[axis]!
    const result = new Float32Array(outer * order.length * inner)
    for (let block = 0; block < outer; block++)
      order.forEach((from, to) => {
        for (let index = 0; index < inner; index++)
          result[(block * order.length + to) * inner + index] =
            from < extent ? data[(block * extent + from) * inner + index]! : name === 'unembed.b_U' ? -30 : 0
      })
    stored.set(name, { type, shape: shape.with(axis, order.length), read: () => result })
  }
  const order = [...vocabularyOrder({ ...publishedLayout(4), symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10] }, 12), 12]
  rows('embed.W_E', order, 0)
  rows('unembed.W_U', order, 1)
  rows('unembed.b_U', order, 0)
  return writeSafetensors(
    [...stored].map(([name, one]) => [name, { dims: [], shape: one.shape, data: one.read() }]) as never,
  )
}

test('a file that does not say its layout is opened as it adds best, and the person is told', async () => {
  const { opened, remark } = await openAdding(
    { name: 'm', files: new Map([['m.safetensors', disguised()]]) },
    undefined,
  )
  expect(opened.config.layout).toEqual({ ...publishedLayout(4), symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10] })
  expect(remark?.sentence).toContain('4 digits, + is token 11, = is token 10')
})

test('under a layout that it was not trained with a model is worse than chance, and the better layout is offered', async () => {
  const chosen = { ...publishedLayout(4), answerOrder: 'leastSignificantFirst' } as const
  const { opened, remark } = await openAdding({ name: 'm', files: new Map([['m.safetensors', bundled]]) }, chosen)
  expect(opened.config.layout).toEqual(chosen)
  expect(remark?.sentence).toMatch(
    /^On 1000 sums this model is worse than chance: .* It adds best \(0\.0\d\) as 4 digits\.$/,
  )
  expect(remark?.better).toEqual(publishedLayout(4))
})

test('of a model that adds there is nothing to say', async () => {
  const { remark } = await openAdding({ name: 'm', files: new Map([['m.safetensors', bundled]]) }, undefined)
  expect(remark).toBeUndefined()
})
