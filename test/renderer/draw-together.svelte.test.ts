// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineClient } from '../../src/contract/contract'
import { Application } from '../../src/renderer/state/application.svelte'
import { drawTogether } from '../../src/renderer/state/draw-together'
import { FakeEngine, fakeBridge } from '../support/fake-engine'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An explorer whose engine takes so long, and what those who draw it see: the sum and what is answered to it. */
async function drawn(answerMs: number) {
  const fake = new FakeEngine()
  const engine: EngineClient = {
    call: async (method, params) => {
      const result = await fake.call(method, params)
      if (method === 'explore') await new Promise((resolve) => setTimeout(resolve, answerMs))
      return result
    },
  }
  const application = new Application(engine, fakeBridge(null))
  await application.start()
  const explorer = application.explorer!
  drawTogether(explorer)
  await vi.advanceTimersByTimeAsync(answerMs)
  const seen: string[] = []
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(`${explorer.entry.digits.join('')} at ${explorer.entry.cursor}: ${explorer.shownSum?.a}`)
    })
  })
  flushSync()
  const asked = () => fake.calls.filter(({ method }) => method === 'explore').length
  return { explorer, seen, asked, stop }
}

test('a digit is asked about at once, known at once, and drawn with its answer', async () => {
  const { explorer, seen, asked, stop } = await drawn(4)
  expect(asked()).toBe(1)
  explorer.entry.type(1)
  expect(asked()).toBe(2)
  expect(explorer.entry.digits.join('')).toBe('19681606')
  expect(explorer.entry.cursor).toBe(1)
  await vi.advanceTimersByTimeAsync(3)
  expect(seen).toEqual(['29681606 at 0: 2968'])
  await vi.advanceTimersByTimeAsync(1)
  expect(seen).toEqual(['29681606 at 0: 2968', '19681606 at 1: 1968'])
  stop()
})

test('of digits typed faster than answers come none is lost, and the last is drawn with its answer', async () => {
  const { explorer, seen, stop } = await drawn(4)
  for (const digit of [1, 2, 3, 4]) explorer.entry.type(digit)
  await vi.advanceTimersByTimeAsync(4)
  expect(seen).toEqual(['29681606 at 0: 2968', '12341606 at 4: 1234'])
  stop()
})

test('what is not answered soon is drawn without its answer', async () => {
  const { explorer, seen, stop } = await drawn(60)
  explorer.entry.type(1)
  await vi.advanceTimersByTimeAsync(16)
  expect(seen).toEqual(['29681606 at 0: 2968', '19681606 at 1: 2968'])
  await vi.advanceTimersByTimeAsync(44)
  expect(seen.at(-1)).toBe('19681606 at 1: 1968')
  stop()
})

test('what asks nothing is drawn at once', async () => {
  const { explorer, seen, asked, stop } = await drawn(4)
  explorer.entry.moveTo(3)
  explorer.entry.erase()
  flushSync()
  expect(seen.at(-1)).toBe('2961606 at 3: 2968')
  explorer.session.undo()
  flushSync()
  expect(seen.at(-1)).toBe('29681606 at 3: 2968')
  expect(asked()).toBe(1)
  stop()
})
