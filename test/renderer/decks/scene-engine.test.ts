import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineClient } from '../../../src/contract/contract'
import { EngineFailure } from '../../../src/contract/failure'
import { keepingAnswers } from '../../../src/renderer/decks/kept-answers'
import { SceneEngine } from '../../../src/renderer/decks/scene-engine'

const question = { sum: { a: 1, b: 2 }, interventions: [] }
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function engineOf(answers: readonly (() => unknown)[]) {
  const calls: { lane: string | undefined }[] = []
  const call: EngineClient['call'] = (_method, _params, options) => {
    calls.push({ lane: options?.newest })
    return Promise.resolve().then(answers[Math.min(calls.length - 1, answers.length - 1)]) as never
  }
  return { engine: { call }, calls }
}

const died = () => {
  throw new EngineFailure('engine-died', 'The engine stopped.')
}

test('an engine that dies is asked again until it is back', async () => {
  const { engine, calls } = engineOf([died, died, () => 'answer'])
  const scene = new SceneEngine(engine, 'deck-1')
  const answer = scene.call('explore', question, { newest: 'explore' })
  await vi.advanceTimersByTimeAsync(100)
  await vi.advanceTimersByTimeAsync(1000)
  expect(await answer).toBe('answer')
  expect(calls).toEqual(Array.from({ length: 3 }, () => ({ lane: 'explore/deck-1' })))
})

test('any other failure is told at once', async () => {
  const { engine, calls } = engineOf([
    () => {
      throw new EngineFailure('bad-input', 'No.')
    },
  ])
  await expect(new SceneEngine(engine, 'deck-1').call('explore', question)).rejects.toThrow('No.')
  expect(calls).toHaveLength(1)
})

test('what was answered is not asked again, and what failed is', async () => {
  const { engine, calls } = engineOf([died, () => 'answer'])
  const kept = keepingAnswers(engine)
  await expect(kept.call('explore', question)).rejects.toThrow()
  expect(await kept.call('explore', question)).toBe('answer')
  expect(await kept.call('explore', { ...question })).toBe('answer')
  expect(calls).toHaveLength(2)
  await kept.call('status', {})
  await kept.call('status', {})
  expect(calls).toHaveLength(4)
})
