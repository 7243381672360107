import type { InferenceSession } from '../../src/engine/onnxruntime'
import { expect, test } from 'vitest'
import { SessionCache } from '../../src/engine/session-cache'

/** Stand-ins for sessions that write down who was created and released. */
function recorder(): { log: string[]; create: (name: string) => () => Promise<InferenceSession> } {
  const log: string[] = []
  const session = (name: string) => ({
    release: () => {
      log.push(`release ${name}`)
      return Promise.resolve()
    },
  })
  const create = (name: string) => () => {
    log.push(`create ${name}`)
    return Promise.resolve(session(name) as unknown as InferenceSession)
  }
  return { log, create }
}

const nothing = () => Promise.resolve()

test('a session is created once and the one unused the longest goes first', async () => {
  const { log, create } = recorder()
  const cache = new SessionCache(2)
  for (const name of ['a', 'b', 'a', 'c', 'a']) await cache.use(name, create(name), nothing)
  expect(log).toEqual(['create a', 'create b', 'create c', 'release b'])
  expect(cache.size).toBe(2)
})

test('a session that runs is released only when its run has ended', async () => {
  const { log, create } = recorder()
  const cache = new SessionCache(1)
  let end = (): void => {}
  const running = cache.use('slow', create('slow'), () => new Promise<void>((resolve) => (end = resolve)))
  await cache.use('quick', create('quick'), nothing)
  expect(log).toEqual(['create slow', 'create quick'])
  end()
  await running
  expect(log).toEqual(['create slow', 'create quick', 'release slow'])
})

test('clearing releases everything, and a run under way releases its own at the end', async () => {
  const { log, create } = recorder()
  const cache = new SessionCache(4)
  let end = (): void => {}
  await cache.use('idle', create('idle'), nothing)
  const running = cache.use('busy', create('busy'), () => new Promise<void>((resolve) => (end = resolve)))
  await cache.clear()
  expect(log).toEqual(['create idle', 'create busy', 'release idle'])
  end()
  await running
  expect(log.at(-1)).toBe('release busy')
})

test('a session that could not be created is tried again', async () => {
  const { log, create } = recorder()
  const cache = new SessionCache(2)
  await expect(cache.use('a', () => Promise.reject(new Error('no memory')), nothing)).rejects.toThrow('no memory')
  await cache.use('a', create('a'), nothing)
  expect(log).toEqual(['create a'])
})

test('a run that fails keeps the session for the next', async () => {
  const { log, create } = recorder()
  const cache = new SessionCache(2)
  await expect(cache.use('a', create('a'), () => Promise.reject(new Error('shape')))).rejects.toThrow('shape')
  await cache.use('a', create('a'), nothing)
  expect(log).toEqual(['create a'])
})
