// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Application } from '../../src/renderer/state/application.svelte'
import { FakeEngine, fakeBridge } from '../support/fake-engine'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a save that ends after the next change does not call that saved', async () => {
  const ended: (() => void)[] = []
  const bridge = { ...fakeBridge(), saveSession: () => new Promise<void>((resolve) => ended.push(resolve)) }
  const application = new Application(new FakeEngine(), bridge)
  await application.start()
  const stop = $effect.root(() => {
    application.autosave()
  })
  flushSync()
  await vi.advanceTimersByTimeAsync(250)
  application.explorer!.session.change({ focus: 2 })
  flushSync()
  ended[0]!()
  await vi.advanceTimersByTimeAsync(0)
  expect(application.saved).toBe(false)
  await vi.advanceTimersByTimeAsync(250)
  ended[1]!()
  await vi.advanceTimersByTimeAsync(0)
  expect(application.saved).toBe(true)
  stop()
})
