// @vitest-environment jsdom
import { expect, test } from 'vitest'
import type { EngineClient } from '../../src/contract/contract'
import { EngineFailure } from '../../src/contract/failure'
import { ModelList } from '../../src/renderer/state/model-list.svelte'
import { fakeModel } from '../support/fake-engine'
import { until } from '../support/patience'

test('a model whose description was cancelled is described when it is shown again', async () => {
  const path = '/models/sum.pt'
  const model = { bytes: 1, config: fakeModel().config, right: 200, of: 200 }
  let answers = false
  let asked = 0
  const describe = (signal: AbortSignal) => {
    asked++
    if (answers) return Promise.resolve(model)
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new EngineFailure('cancelled', 'It was cancelled.')))
    })
  }
  const call = (method: string, _: unknown, { signal }: { signal: AbortSignal }) =>
    method === 'describeModel' ? describe(signal) : Promise.resolve({ recent: [path], bundled: [] })
  const list = new ModelList({ call } as unknown as EngineClient)
  const leaving = new AbortController()
  const left = list.show(null, null, leaving.signal)
  await until(() => {
    expect(asked).toBe(1)
  })
  leaving.abort()
  await left
  expect(list.described).toEqual({})
  answers = true
  await list.show(null, null, new AbortController().signal)
  expect(list.described).toEqual({ [path]: model })
})
