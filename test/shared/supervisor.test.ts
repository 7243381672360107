import { afterEach, expect, test, vi } from 'vitest'
import type { EngineStatus, ExploreResult, ModelInfo } from '../../src/shared/contract'
import type { EngineProcess } from '../../src/shared/kept-engine'
import { serveEngine, type Handlers } from '../../src/shared/rpc-server'
import { superviseEngine, type Supervisor } from '../../src/shared/supervisor'
import { channelPorts } from '../support/channel-ports'

const context = { signal: new AbortController().signal, progress: () => {} }
const source = { source: { path: '/a/model' } }
const question = { sum: { a: 1, b: 2 }, interventions: [] }
const never = () => new Promise<never>(() => {})

let supervisor: Supervisor | undefined
afterEach(() => {
  supervisor?.close()
})

/** Supervises processes that live in this one; `handlersOf` tells what the n-th one (from 1) does. */
function supervise(handlersOf: (generation: number, die: () => void) => Partial<Handlers>) {
  const calls: string[] = []
  const notices: string[] = []
  let generation = 0
  const spawn = (): EngineProcess => {
    const { near, far, cut } = channelPorts()
    const mine = ++generation
    const noted = <H extends keyof Handlers>(method: H, handler: Handlers[H]): Handlers[H] =>
      ((params: never, call: never) => {
        calls.push(`${method} in ${mine}`)
        return (handler as (...args: never[]) => unknown)(params, call)
      }) as unknown as Handlers[H]
    const own = handlersOf(mine, cut)
    serveEngine(far, {
      openModel: noted('openModel', own.openModel ?? (async () => ({ name: 'model' }) as ModelInfo)),
      explore: noted('explore', own.explore ?? (async () => ({ engineMs: mine }) as ExploreResult)),
      analyze: noted('analyze', own.analyze ?? (async () => ({ n: mine }))),
      status: noted('status', own.status ?? (async () => ({ pid: mine }) as EngineStatus)),
    })
    return { port: near, pid: mine, kill: cut }
  }
  supervisor = superviseEngine(spawn, (sentence) => notices.push(sentence))
  return { handlers: supervisor.handlers, calls, notices, generations: () => generation }
}

test('no process is started before it is needed, and one serves all calls', async () => {
  const { handlers, generations } = supervise(() => ({}))
  expect(generations()).toBe(0)
  await handlers.openModel(source, context)
  await handlers.explore(question, context)
  expect(generations()).toBe(1)
})

test('a live call lost in a crash is made once more, on the same model, and one sentence tells of it', async () => {
  const { handlers, calls, notices } = supervise((generation, die) =>
    generation === 1 ? { explore: () => (die(), never()) } : {},
  )
  await handlers.openModel(source, context)
  await expect(handlers.explore(question, context)).resolves.toMatchObject({ engineMs: 2 })
  expect(calls).toEqual(['openModel in 1', 'explore in 1', 'openModel in 2', 'explore in 2'])
  expect(notices).toEqual([
    'The engine stopped (the channel was closed) and is started again; nothing you did is lost.',
  ])
})

test('a call that kills every engine is not made a third time, and the engine is there for the next', async () => {
  const { handlers, calls } = supervise((_, die) => ({ explore: () => (die(), never()) }))
  await handlers.openModel(source, context)
  await expect(handlers.explore(question, context)).rejects.toMatchObject({ code: 'engine-died' })
  await expect(handlers.status({}, context)).resolves.toEqual({ pid: 3 })
  expect(calls.filter((call) => call.startsWith('explore'))).toHaveLength(2)
})

test('a lost sweep is rejected with a sentence, and the next one works', async () => {
  const { handlers } = supervise((generation, die) => (generation === 1 ? { analyze: () => (die(), never()) } : {}))
  await handlers.openModel(source, context)
  const analyze = () => handlers.analyze({ id: 'performance', params: {} }, context)
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
  await handlers.openModel(source, context)
  kill()
  await vi.waitFor(() => {
    expect(calls).toEqual(['openModel in 1', 'openModel in 2'])
  })
})

test('an engine that never answers is not started over and over', async () => {
  const { handlers, generations } = supervise((_, die) => ({ openModel: () => (die(), never()) }))
  await expect(handlers.openModel(source, context)).rejects.toMatchObject({ code: 'engine-died' })
  expect(generations()).toBe(2)
})

test('a model that cannot be opened again is told of', async () => {
  const { handlers, notices } = supervise((generation, die) =>
    generation === 1
      ? { explore: () => (die(), never()) }
      : { openModel: () => Promise.reject(new Error('There is no file at /a/model.')) },
  )
  await handlers.openModel(source, context)
  await handlers.explore(question, context)
  expect(notices[1]).toBe('After its restart the engine could not open the model again: There is no file at /a/model.')
})
