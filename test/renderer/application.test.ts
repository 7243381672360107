// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { Application } from '../../src/renderer/state/application.svelte'
import { publishedLayout } from '../../src/core/task-layout'
import type { EngineClient } from '../../src/contract/contract'
import { EngineFailure } from '../../src/contract/failure'
import { defaultView, newAnalysis, noPins } from '../../src/session/session'
import { actionsOf } from '../../src/renderer/shell/actions'
import { savePage } from '../../src/renderer/shell/save-page'
import { FakeEngine, fakeBridge, fakeModel } from '../support/fake-engine'
import { until } from '../support/patience'

const cut = { site: 'q', layer: 0, head: 1, positions: 'all', mode: 'zero' } as const
const session = JSON.stringify({
  version: 1,
  modelPath: '/models/fake.pt',
  model: { name: 'fake', sha256: '0'.repeat(64) },
  pins: noPins,
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

test('what is done while another model is being opened goes over to it', async () => {
  const engine = new FakeEngine()
  let opened!: () => void
  const held = new Promise<void>((resolve) => (opened = resolve))
  const slow: EngineClient = {
    call: async (method, params) => {
      if (method === 'openModel') await held
      return engine.call(method, params)
    },
  }
  const application = new Application(slow, fakeBridge(null))
  await application.start()
  const before = application.explorer!.session
  const opening = application.open({ path: '/models/other.pt' })
  before.change({ interventions: [cut] })
  before.show({ workspace: 'dataset' })
  opened()
  await opening
  expect(application.explorer!.session.analysis.interventions).toEqual([cut])
  expect(application.explorer!.session.view.workspace).toBe('dataset')
})

test('of two models that are being opened, the first to be there does not end the wait for the other', async () => {
  const engine = new FakeEngine()
  const held = new Map<string, () => void>()
  const slow: EngineClient = {
    call: async (method, params) => {
      const path = method === 'openModel' ? JSON.stringify(params) : ''
      if (path) await new Promise<void>((resolve) => held.set(path, resolve))
      return engine.call(method, params)
    },
  }
  const application = new Application(slow, fakeBridge(null))
  await application.start()
  const [one, other] = ['/models/one.pt', '/models/other.pt'].map((path) => application.open({ path }))
  const [first, second] = held.values()
  first!()
  await one
  expect(application.opening).toBe(true)
  second!()
  await other
  expect(application.opening).toBe(false)
})

test('a session file takes the place of what is on screen, and undo brings that back', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  const state = application.explorer!.session
  const before = state.analysis
  await application.openText({ name: 'talk.json', text: session })
  expect(application.refusal).toBeNull()
  expect(state.analysis.interventions).toEqual([cut])
  state.undo()
  expect(state.analysis).toEqual(before)
})

test.each([
  ['of a newer version', session.replace('"version":1', '"version":2'), 'talk.json was saved by a newer Carryscope'],
  ['that is no JSON', session.slice(1), 'talk.json is not a session: it is not JSON'],
  ['of a shape the model has not', session.replace('"layer":0', '"layer":3'), 'The model has no layer 3'],
])('a session file %s is refused, and the screen stays as it is', async (_, text, sentence) => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  const { explorer } = application
  const before = explorer?.session.analysis
  await application.openText({ name: 'talk.json', text })
  expect(application.refusal).toContain(sentence)
  expect(application.explorer).toBe(explorer)
  expect(explorer?.session.analysis).toBe(before)
})

test('a session of another model opens that model', async () => {
  const engine = new FakeEngine()
  const application = new Application(engine, fakeBridge(null))
  await application.start()
  const other = session.replace('0'.repeat(64), 'f'.repeat(64)).replace('fake.pt', 'other.pt')
  await application.openText({ name: 'talk.json', text: other })
  expect(engine.calls).toContainEqual({ method: 'openModel', params: { source: { path: '/models/other.pt' } } })
  expect(application.refusal).toContain('whose weights are not those of fake')
})

test('a link is taken over as one step and says so where it is of other weights', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  const opened = application.start()
  const link = 'carryscope:1?model=sum_model.pt@1234567890abcdef&sum=2968+1606&cut=H0.2:result:mean'
  await application.openText({ name: 'The link', text: link })
  await opened
  const { session: state, sum } = application.explorer!
  expect(sum).toEqual({ a: 2968, b: 1606 })
  expect(state.analysis.interventions).toMatchObject([{ site: 'result', layer: 0, head: 2, mode: 'mean' }])
  expect(application.refusal).toContain('The link was made with sum_model.pt')
  state.undo()
  expect(state.analysis.interventions).toEqual([])
  application.openLink(link.replace('H0.2', 'H7.2'))
  expect(application.refusal).toContain('The model has no layer 7')
})

test('a link that names no model is about whichever is open; one that names another says so', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  application.openLink('carryscope:1?sum=1234+4321&cut=H0.1:q:zero')
  expect(application.refusal).toBeNull()
  expect(application.explorer!.session.analysis.interventions).toEqual([cut])
  application.openLink('carryscope:1?model=other.pt@ffffffffffffffff&sum=1234+4321')
  expect(application.refusal).toMatch(/^The link was made with other\.pt, whose weights are not those of /)
})

test('“against A” does not survive a link: what it says is held against its own clean run', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  const explorer = application.explorer!
  explorer.pin('a')
  explorer.session.show({ against: 'a' })
  application.openLink('carryscope:1?sum=1234+4321&cut=H0.1:q:zero')
  expect(explorer.session.view.against).toBe('clean')
  expect(explorer.runs.against).toBeNull()
  expect(explorer.session.pins.a).not.toBeNull()
})

test('a link into the carry lab opens its section there, and any other leaves the workspace as it is', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  const { session: state } = application.explorer!
  application.openLink('carryscope:1?sum=1234+4321')
  expect(state.view.workspace).toBe('explore')
  application.openLink('carryscope:1?sum=1234+4321&from=1863+0888&site=H0.2@B2&lab=needles')
  expect(state.view).toMatchObject({ workspace: 'lab', labSection: 'needles' })
  expect(state.analysis.lab.sites).toEqual([{ layer: 0, head: 2, position: 7 }])
})

test('a layout that was chosen is opened again with its model, and given up for what its files say', async () => {
  const asked: unknown[] = []
  const engine = new FakeEngine()
  const watching: EngineClient = {
    call: (method, params) => {
      if (method === 'openModel') asked.push(params)
      return engine.call(method, params)
    },
  }
  const layout = { ...publishedLayout(4), largestFirstDigit: 9 } as const
  const chosen = JSON.stringify({ ...(JSON.parse(session) as object), layout })
  const application = new Application(watching, fakeBridge(chosen))
  await application.start()
  const source = { path: '/models/fake.pt' }
  expect(asked).toEqual([{ source, layout }])
  expect(application.explorer?.session.save().layout).toEqual(layout)
  expect(await application.useLayout(null)).toBeNull()
  expect(asked.at(-1)).toEqual({ source })
  expect(application.explorer?.session.save().layout).toBeNull()
})

test('a page that is made of one model is given up where another is opened', async () => {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  let goOn!: () => void
  const opened = new Promise<void>((resolve) => (goOn = resolve))
  const saving = savePage(application, 'report', 'report.html', async (job) => {
    await opened
    return job.gathered(['<p>'])
  })
  await application.open({ path: '/models/other.pt' })
  goOn()
  await saving
  expect(application.refusal).toBe(
    'The report could not be made: another model or layout was opened; make it again for that one.',
  )
  expect(application.page).toBeNull()
})

test('the claims of a model are not checked on the one that is opened after it', async () => {
  const engine = new FakeEngine()
  let answer!: () => void
  const held = new Promise<void>((resolve) => (answer = resolve))
  let checked = 0
  const slow: EngineClient = {
    call: async (method, params) => {
      if (method !== 'exhaustive') return engine.call(method, params)
      checked++
      await held
      throw new EngineFailure('internal', 'Nothing is kept.')
    },
  }
  const application = new Application(slow, fakeBridge(null))
  await application.start()
  const { tour } = application.explorer!
  tour.begin()
  await until(() => {
    expect(checked).toBe(1)
  })
  await application.open({ path: '/models/other.pt' })
  answer()
  await until(() => {
    expect(tour.stateOf(tour.claim)).toEqual({ failure: 'Nothing is kept.' })
  })
  tour.run(tour.claim)
  await new Promise((resolve) => setTimeout(resolve))
  expect(checked).toBe(1)
})

test('what a command cannot do is told in the window', async () => {
  const engine = new FakeEngine()
  const failing: EngineClient = {
    call: (method, params, options) =>
      method === 'explore' && options?.newest === undefined
        ? Promise.reject(new EngineFailure('engine-died', 'The call "explore" was not answered: it ended.'))
        : engine.call(method, params),
  }
  const application = new Application(failing, fakeBridge(null))
  await application.start()
  actionsOf(application, application.explorer!)['hard-sum']()
  await until(() => {
    expect(application.refusal).toBe('The call "explore" was not answered: it ended.')
  })
})
