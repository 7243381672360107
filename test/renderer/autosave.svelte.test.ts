// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSession } from '../../src/session/session-text'
import { Application } from '../../src/renderer/state/application.svelte'
import { FakeEngine, fakeBridge } from '../support/fake-engine'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.restoreAllMocks()
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
  expect(application.saved).toBe('saving')
  await vi.advanceTimersByTimeAsync(250)
  ended[1]!()
  await vi.advanceTimersByTimeAsync(0)
  expect(application.saved).toBe('saved')
  stop()
})

test('what was changed last is saved as the page is left, and once', async () => {
  const bridge = fakeBridge()
  const application = new Application(new FakeEngine(), bridge)
  await application.start()
  const stop = $effect.root(() => {
    application.autosave()
  })
  flushSync()
  const { session } = application.explorer!
  const focus = () => bridge.saved.map((json) => readSession(json, 'What was saved').analysis.focus)
  // As while an answer is waited for: nobody is told of the change.
  session.telling.hold()
  session.change({ focus: 2 })
  window.dispatchEvent(new Event('pagehide'))
  expect(focus()).toEqual([2])
  await vi.advanceTimersByTimeAsync(1000)
  expect([application.saved, focus()]).toEqual(['saved', [2]])

  session.change({ focus: 3 })
  document.dispatchEvent(new Event('visibilitychange'))
  expect(focus()).toEqual([2])
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(new Event('pagehide'))
  expect(focus()).toEqual([2, 3])
  stop()
  session.change({ focus: 1 })
  window.dispatchEvent(new Event('pagehide'))
  await vi.advanceTimersByTimeAsync(6000)
  expect(focus()).toEqual([2, 3])
})

test('a save that fails is told once, tried again and taken back when it works', async () => {
  let problem: string | null = 'The session could not be saved to "x" (the disk is full).'
  let tries = 0
  const saveSession = () => {
    tries++
    return problem === null ? Promise.resolve() : Promise.reject(new Error(problem))
  }
  const application = new Application(new FakeEngine(), { ...fakeBridge(), saveSession })
  await application.start()
  const stop = $effect.root(() => {
    application.autosave()
  })
  flushSync()
  await vi.advanceTimersByTimeAsync(250)
  expect([application.saved, application.notice]).toEqual(['failed', problem])
  application.dismissNotice()
  application.explorer!.session.change({ focus: 2 })
  flushSync()
  await vi.advanceTimersByTimeAsync(6000)
  expect(tries).toBeGreaterThan(2)
  expect([application.saved, application.notice]).toEqual(['failed', null])
  problem = null
  await vi.advanceTimersByTimeAsync(6000)
  expect(application.saved).toBe('saved')
  stop()
})
