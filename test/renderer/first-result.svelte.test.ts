// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import type { EngineClient } from '../../src/contract/contract'
import { Application } from '../../src/renderer/state/application.svelte'
import { FakeEngine, fakeBridge } from '../support/fake-engine'

/** An engine whose answer about the one sum is held back, and what it was asked. */
function slowEngine() {
  const fake = new FakeEngine()
  let answer = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  const engine: EngineClient = {
    call: async (method, params) => {
      const result = await fake.call(method, params)
      if (method === 'explore') await held
      return result
    },
  }
  return { engine, answer, asked: () => fake.calls.map(({ method }) => method) }
}

test('the sum is asked for once, before anything is drawn, and what is over many sums when its answer is on the screen', async () => {
  const { engine, answer, asked } = slowEngine()
  const application = new Application(engine, fakeBridge(null))
  await application.start()
  expect(asked()).toEqual(['status', 'explore'])
  const stop = $effect.root(() => application.explorer!.watch())
  flushSync()
  expect(asked()).toEqual(['status', 'explore'])
  answer()
  // Within the task in which the answer comes: no frame is between.
  for (let turn = 0; turn < 50 && !application.explorer!.live.result; turn++) await Promise.resolve()
  expect(application.explorer!.live.result).not.toBeNull()
  flushSync()
  expect(asked()).toEqual(['status', 'explore'])
  await expect.poll(asked).toContain('analyze')
  expect(asked().filter((method) => method === 'explore')).toHaveLength(1)
  stop()
})
