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
  expect(application.saved).toBe('saving')
  await vi.advanceTimersByTimeAsync(250)
  ended[1]!()
  await vi.advanceTimersByTimeAsync(0)
  expect(application.saved).toBe('saved')
  stop()
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
