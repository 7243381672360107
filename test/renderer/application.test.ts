// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { Application } from '../../src/renderer/state/application.svelte'
import type { EngineClient } from '../../src/shared/contract'
import { EngineFailure } from '../../src/shared/failure'
import { defaultView, newAnalysis } from '../../src/shared/session'
import { FakeEngine, fakeBridge, fakeModel } from '../support/fake-engine'

const cut = { site: 'q', layer: 0, head: 1, positions: 'all', mode: 'zero' } as const
const session = JSON.stringify({
  version: 1,
  modelPath: '/models/fake.pt',
  analysis: { ...newAnalysis([1, 2, 3, 4, 4, 3, 2, 1]), interventions: [cut] },
  view: { ...defaultView, theme: 'dark' },
})

test('a saved session comes back with its model', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(session))
  await application.start()
  expect(application.explorer?.sum).toEqual({ a: 1234, b: 4321 })
  expect(application.explorer?.session.analysis.interventions).toEqual([cut])
})

test('a session of another number of digits keeps how things are looked at, not what was asked', async () => {
  const application = new Application(new FakeEngine(fakeModel({ numDigits: 2 })), fakeBridge(session))
  await application.start()
  expect(application.explorer?.session.analysis.interventions).toEqual([])
  expect(application.explorer?.session.view.theme).toBe('dark')
})

test('a file that cannot be opened says why, and the model on screen stays', async () => {
  const engine = new FakeEngine()
  const refusing: EngineClient = {
    call: (method, params) =>
      method === 'openModel'
        ? Promise.reject(new EngineFailure('bad-input', 'There is no model at "/nope".'))
        : engine.call(method, params),
  }
  const application = new Application(refusing, fakeBridge(null))
  await application.start()
  const before = application.explorer
  await application.open({ path: '/nope' })
  expect(application.failure).toBe('There is no model at "/nope".')
  expect(application.choosing).toBe(true)
  application.stay()
  expect(application.explorer).toBe(before)
  expect(application.choosing).toBe(false)
})
