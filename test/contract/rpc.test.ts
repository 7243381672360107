import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import type { EngineStatus, ExploreResult } from '../../src/contract/contract'
import { connectEngine } from '../../src/contract/rpc-client'
import { serveEngine, type CallContext, type Handlers } from '../../src/contract/rpc-server'
import { channelPorts } from '../support/channel-ports'

const status: EngineStatus = { provider: 'cpu', device: 'test', machine: 'test', pid: 1, rssBytes: 2, model: null }
const exploration = { engineMs: 1 } as ExploreResult
const sum = { a: 2968, b: 1606 }

const unused = () => Promise.reject(new Error('not part of this test'))
const idle: Handlers = {
  openModel: unused,
  explore: unused,
  analyze: unused,
  status: () => Promise.resolve(status),
  knownModels: () => Promise.resolve({ recent: [], bundled: [] }),
  listModels: () => Promise.resolve({ folder: '/models', paths: [], more: 0 }),
  describeModel: () => Promise.reject(new Error('There is no model.')),
  analyzeCheckpoints: unused,
  exportModel: unused,
  providers: unused,
  exhaustive: unused,
  runs: unused,
  startRun: unused,
  run: unused,
  readRun: unused,
  margins: unused,
}

let cut = () => {}
afterEach(() => {
  cut()
})

function connect(handlers: Partial<Handlers>) {
  const ports = channelPorts()
  cut = ports.cut
  serveEngine(ports.far, { ...idle, ...handlers })
  return { client: connectEngine(ports.near), ports }
}

/** Resolves when the caller gives up. */
function untilAborted({ signal }: CallContext): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error)
    })
  })
}

test('a call reaches its handler with its parameters and comes back with the result', async () => {
  const explore = vi.fn<Handlers['explore']>(() => Promise.resolve(exploration))
  const { client } = connect({ explore })
  await expect(client.call('explore', { sum, interventions: [] })).resolves.toEqual(exploration)
  expect(explore.mock.calls[0]?.[0]).toEqual({ sum, interventions: [] })
})

test('progress arrives in order, before the result, with its typed arrays whole', async () => {
  const seen: unknown[] = []
  const loss = { dims: ['digit'], shape: [2], data: Float32Array.of(1, NaN), labels: {} }
  const { client } = connect({
    analyze: (_, { progress }) => {
      progress({ done: 1, total: 2 })
      progress({ done: 2, total: 2, partial: { loss } })
      return Promise.resolve({ loss })
    },
  })
  const result = await client.call(
    'analyze',
    { id: 'performance', params: {} },
    { onProgress: (step) => seen.push(step) },
  )
  expect(seen).toEqual([
    { done: 1, total: 2 },
    { done: 2, total: 2, partial: { loss } },
  ])
  expect(result).toEqual({ loss })
})

test('an error crosses as its code and its sentence', async () => {
  const { client } = connect({ openModel: () => Promise.reject(new BadInput('There is no file at /nowhere.')) })
  await expect(client.call('openModel', { source: { path: '/nowhere' } })).rejects.toMatchObject({
    name: 'EngineFailure',
    code: 'bad-input',
    message: 'There is no file at /nowhere.',
  })
})

test('aborting rejects at once and aborts the handler', async () => {
  const aborted = vi.fn()
  const { client } = connect({
    analyze: (_, context) => untilAborted(context).finally(aborted),
  })
  const controller = new AbortController()
  const call = client.call('analyze', { id: 'performance', params: {} }, { signal: controller.signal })
  await client.call('status', {})
  controller.abort()
  await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  await client.call('status', {})
  expect(aborted).toHaveBeenCalledOnce()
})

test('a signal that fired beforehand sends nothing', async () => {
  const { client } = connect({ analyze: () => Promise.resolve({}) })
  const call = client.call('analyze', { id: 'performance', params: {} }, { signal: AbortSignal.abort() })
  await expect(call).rejects.toMatchObject({ code: 'cancelled' })
})

test('in a lane the newest call wins, and calls elsewhere are left alone', async () => {
  const { client } = connect({
    explore: ({ sum: { a } }, context) =>
      a === 3 ? Promise.resolve({ ...exploration, engineMs: a }) : untilAborted(context),
  })
  const explore = (a: number) => client.call('explore', { sum: { a, b: 0 }, interventions: [] }, { newest: 'live' })
  const calls = [explore(1), explore(2), explore(3), client.call('status', {}, { newest: 'other' })]
  const outcomes = await Promise.allSettled(calls)
  expect(
    outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'ok')),
  ).toEqual(['superseded', 'superseded', 'ok', 'ok'])
})

test('a call after one that ended in its lane cancels nothing', async () => {
  const signals: AbortSignal[] = []
  const { client } = connect({
    explore: (_, { signal }) => {
      signals.push(signal)
      return Promise.resolve(exploration)
    },
  })
  for (let i = 0; i < 2; i++) await client.call('explore', { sum, interventions: [] }, { newest: 'live' })
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
})

test('closing rejects every pending call, naming its method and the reason, and every later one', async () => {
  const { client } = connect({ analyze: (_, context) => untilAborted(context) })
  const pending = client.call('analyze', { id: 'performance', params: {} })
  cut()
  await expect(pending).rejects.toMatchObject({
    code: 'engine-died',
    message: 'The call "analyze" was not answered: the channel was closed.',
  })
  await expect(client.call('status', {})).rejects.toMatchObject({ code: 'engine-died' })
})

test('the server cancels what runs when its caller goes away', async () => {
  const gone = new Promise((resolve) => {
    const { client } = connect({ analyze: (_, context) => untilAborted(context).catch(resolve) as Promise<never> })
    client.call('analyze', { id: 'performance', params: {} }).catch(() => undefined)
    void client.call('status', {}).then(cut)
  })
  await expect(gone).resolves.toMatchObject({ code: 'cancelled' })
})

/** What the server answers to one raw message, by way of a `status` call behind it. */
async function answerTo(message: unknown): Promise<unknown> {
  const ports = channelPorts()
  const called = vi.fn(unused)
  serveEngine(ports.far, { openModel: called, explore: called, analyze: called, status: called })
  const answers = new Promise((resolve) => {
    ports.near.on(resolve)
  })
  ports.near.post(message)
  const answer = await answers
  ports.cut()
  expect(called).not.toHaveBeenCalled()
  return answer
}

test.each([
  ['an unknown method', { kind: 'call', id: 1, method: 'launch', params: {} }, 'unknown-method'],
  ['an inherited property', { kind: 'call', id: 1, method: 'constructor', params: {} }, 'unknown-method'],
  ['the prototype', { kind: 'call', id: 1, method: '__proto__', params: {} }, 'unknown-method'],
  ['parameters of the wrong type', { kind: 'call', id: 1, method: 'explore', params: { sum: '1+1' } }, 'bad-input'],
  ['a parameter too many', { kind: 'call', id: 1, method: 'status', params: { extra: 1 } }, 'bad-input'],
  [
    'a fractional operand',
    { kind: 'call', id: 1, method: 'explore', params: { sum: { a: 0.5, b: 1 }, interventions: [] } },
    'bad-input',
  ],
])('%s is refused with a code and reaches no handler', async (_, message, code) => {
  await expect(answerTo(message)).resolves.toMatchObject({ kind: 'failure', id: 1, failure: { code } })
})

test('refused parameters are named', async () => {
  const message = { kind: 'call', id: 1, method: 'explore', params: { sum: { a: 'x', b: 1 }, interventions: [] } }
  await expect(answerTo(message)).resolves.toMatchObject({
    failure: {
      message: 'The parameters of "explore" were refused: at sum.a, invalid input: expected number, received string.',
    },
  })
})

test('a call under the id of a running one is refused and leaves that one running', async () => {
  const ports = channelPorts()
  cut = ports.cut
  const replies: unknown[] = []
  const finished = new Promise<void>((resolve) => {
    ports.near.on((reply) => {
      replies.push(reply)
      if (replies.length === 2) resolve()
    })
  })
  let release = (_: EngineStatus) => {}
  serveEngine(ports.far, { ...idle, status: () => new Promise((resolve) => (release = resolve)) })
  ports.near.post({ kind: 'call', id: 7, method: 'status', params: {} })
  ports.near.post({ kind: 'call', id: 7, method: 'status', params: {} })
  setTimeout(() => {
    release(status)
  }, 5)
  await finished
  expect(replies).toMatchObject([
    { kind: 'refusal', failure: { code: 'bad-message' } },
    { kind: 'result', id: 7 },
  ])
})

const anything = fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withMap: true, withSet: true })
const nearlyRequest = fc.record(
  { kind: fc.oneof(fc.constantFrom('call', 'cancel'), anything), id: anything, method: anything, params: anything },
  { requiredKeys: [] },
)
const misaddressed = fc.record({
  kind: fc.constant('call'),
  // Beyond the ids of the client that shares the port.
  id: fc.integer({ min: 1_000_000 }),
  method: fc.constantFrom('openModel', 'explore', 'analyze'),
  params: anything,
})

test('whatever arrives, no handler is called, nothing throws and the next call is answered', async () => {
  const called = vi.fn(unused)
  const { client, ports } = connect({ openModel: called, explore: called, analyze: called })
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, nearlyRequest, misaddressed), async (message) => {
      ports.near.post(message)
      await expect(client.call('status', {})).resolves.toEqual(status)
      expect(called).not.toHaveBeenCalled()
    }),
    { numRuns: 300 },
  )
})
