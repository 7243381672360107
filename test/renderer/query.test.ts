import { expect, test } from 'vitest'
import { Query } from '../../src/renderer/state/query.svelte'
import type { EngineClient } from '../../src/contract/contract'
import { EngineFailure } from '../../src/contract/failure'

/** An engine whose calls answer when told to, or fail when they are given up. */
function slowEngine() {
  const calls: { readonly params: unknown; answer: (n: number) => void; readonly signal: AbortSignal }[] = []
  const call = (_: string, params: unknown, options: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      const { signal } = options
      signal.addEventListener('abort', () => {
        reject(new EngineFailure('cancelled', 'The call was cancelled by its caller.'))
      })
      calls.push({ params, signal, answer: (n) => resolve({ n }) })
    })
  return { calls, engine: { call } as unknown as EngineClient }
}

const later = () => new Promise((resolve) => setTimeout(resolve))

test('what nobody wants any more is given up, and asked again when it is wanted again', async () => {
  const { calls, engine } = slowEngine()
  const query = new Query(engine, 'performance', 'lane')
  query.ask({ subset: 'carries' })
  const release = [query.want(), query.want()]
  release[0]!()
  await later()
  expect(query.loading).toBe(true)
  release[1]!()
  await later()
  expect(query.loading).toBe(false)
  expect(query.failure).toBeNull()
  expect(calls[0]!.signal.aborted).toBe(true)

  query.ask({ subset: 'carries' })
  query.want()
  expect(calls).toHaveLength(2)
  calls[1]!.answer(7)
  await later()
  expect(query.result).toEqual({ n: 7 })
})

test('whoever asks something else at once has given up nothing, and an answer stays when it is not wanted', async () => {
  const { calls, engine } = slowEngine()
  const query = new Query(engine, 'performance', 'lane')
  query.ask({ subset: 'all' })
  query.want()()
  query.ask({ subset: 'carries' })
  const release = query.want()
  await later()
  expect(query.loading).toBe(true)
  calls[1]!.answer(8)
  await later()
  release()
  await later()
  query.ask({ subset: 'carries' })
  expect(calls).toHaveLength(2)
  expect(query.result).toEqual({ n: 8 })
})
