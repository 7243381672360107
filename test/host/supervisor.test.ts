import { afterEach, expect, test, vi } from 'vitest'
import { longestSilence } from '../../src/host/restarting-engine'
import { superviseEngine, type Supervisor } from '../../src/host/supervisor'
import { fakeProcesses } from '../support/fake-processes'
import { unwatched } from '../../src/contract/unwatched'
import { until } from '../support/patience'

const source = { source: { path: '/a/model' } }
const question = { sum: { a: 1, b: 2 }, interventions: [] }
const never = () => new Promise<never>(() => {})

let supervisor: Supervisor | undefined
afterEach(() => {
  supervisor?.close()
})

function supervise(handlersOf?: Parameters<typeof fakeProcesses>[0]) {
  const notices: string[] = []
  const { spawn, calls, started } = fakeProcesses(handlersOf)
  supervisor = superviseEngine(spawn, (sentence) => notices.push(sentence))
  return { handlers: supervisor.handlers, calls, notices, started }
}

test('no process is started before it is needed, and one serves all calls', async () => {
  const { handlers, started } = supervise(() => ({}))
  expect(started()).toBe(0)
  await handlers.openModel(source, unwatched)
  await handlers.explore(question, unwatched)
  expect(started()).toBe(1)
})

test('a live call lost in a crash is made once more, on the same model, and one sentence tells of it', async () => {
  const { handlers, calls, notices } = supervise((generation, die) =>
    generation === 1 ? { explore: () => (die(), never()) } : {},
  )
  await handlers.openModel(source, unwatched)
  await expect(handlers.explore(question, unwatched)).resolves.toMatchObject({ engineMs: 2 })
  expect(calls).toEqual(['openModel in 1', 'explore in 1', 'openModel in 2', 'explore in 2'])
  expect(notices).toEqual([
    'The engine stopped (the channel was closed) and is started again; nothing you did is lost.',
  ])
})

test('a call that kills every engine is not made a third time, and the engine is there for the next', async () => {
  const { handlers, calls } = supervise((_, die) => ({ explore: () => (die(), never()) }))
  await handlers.openModel(source, unwatched)
  await expect(handlers.explore(question, unwatched)).rejects.toMatchObject({ code: 'engine-died' })
  await expect(handlers.status({}, unwatched)).resolves.toEqual({ pid: 3 })
  expect(calls.filter((call) => call.startsWith('explore'))).toHaveLength(2)
})

test('a lost sweep is rejected with a sentence, and the next one works', async () => {
  const { handlers } = supervise((generation, die) => (generation === 1 ? { analyze: () => (die(), never()) } : {}))
  await handlers.openModel(source, unwatched)
  const analyze = () => handlers.analyze({ id: 'performance', params: {} }, unwatched)
  await expect(analyze()).rejects.toMatchObject({
    code: 'engine-died',
    message: 'The call "analyze" was not answered: the channel was closed.',
  })
  await expect(analyze()).resolves.toEqual({ n: 2 })
})

test('an engine that dies idle is back, with its model, before the next call', async () => {
  let kill = () => {}
  const { handlers, calls } = supervise((generation, die) => {
    if (generation === 1) kill = die
    return {}
  })
  await handlers.openModel(source, unwatched)
  kill()
  await until(() => {
    expect(calls).toEqual(['openModel in 1', 'openModel in 2'])
  })
})

test('an engine that never answers is not started over and over', async () => {
  const { handlers, started } = supervise((_, die) => ({ openModel: () => (die(), never()) }))
  await expect(handlers.openModel(source, unwatched)).rejects.toMatchObject({ code: 'engine-died' })
  expect(started()).toBe(2)
})

test('a model that cannot be opened again is told of', async () => {
  const { handlers, notices } = supervise((generation, die) =>
    generation === 1
      ? { explore: () => (die(), never()) }
      : { openModel: () => Promise.reject(new Error('There is no file at /a/model.')) },
  )
  await handlers.openModel(source, unwatched)
  await handlers.explore(question, unwatched)
  expect(notices[1]).toBe('After its restart the engine could not open the model again: There is no file at /a/model.')
})

test('a call that hangs has a deadline, a sentence and another try on a new process', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { handlers, calls, notices } = supervise((generation) => (generation === 1 ? { explore: never } : {}))
    await handlers.openModel(source, unwatched)
    const asked = handlers.explore(question, unwatched)
    await until(() => {
      expect(calls).toContain('explore in 1')
    })
    await vi.advanceTimersByTimeAsync(longestSilence.explore)
    await expect(asked).resolves.toMatchObject({ engineMs: 2 })
    expect(notices).toEqual([
      'The engine stopped (it had not answered for 30 seconds) and is started again; nothing you did is lost.',
    ])
  } finally {
    vi.useRealTimers()
  }
})
