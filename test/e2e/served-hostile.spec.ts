import { connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { decodeMessage } from '../../src/contract/wire'
import { malformedFrames, malformedUpgrades, requestOf, sendBelow, sendRaw, sendWhole } from '../support/hostile'
import { connectPage, startServe, type RunningServe } from '../support/serve-client'

let serve: RunningServe
test.beforeAll(async () => {
  serve = await startServe()
})
test.afterAll(() => serve.stop())

/** It runs on, and still answers a page. */
test.afterEach(async () => {
  expect(serve.process.exitCode).toBeNull()
  const { engine, socket } = connectPage(serve.url)
  const answer = await engine.call('explore', { sum: { a: 2968, b: 1606 }, interventions: [] })
  expect(answer.clean.predicted).toEqual([4, 5, 7, 4])
  socket().terminate()
})

test('an address that is none is refused, from any origin and without the token', async () => {
  for (const target of ['//', '//[', 'http://[', '/\\', '*', '///', 'http://:99999/'])
    for (const headers of [{}, { Origin: 'http://elsewhere.example' }] as const)
      expect(await sendRaw(serve.url, requestOf(serve.url, target, { ...headers, Connection: 'close' }))).toMatch(
        /^HTTP\/1.1 (400|403|404) /,
      )
})

test('upgrades that fail at any step are refused', async () => {
  for (const upgrade of malformedUpgrades(serve.url))
    expect(await sendRaw(serve.url, upgrade)).toMatch(/^HTTP\/1.1 [45]\d\d /)
})

test('a connection that is reset once it was refused, or before, ends nothing else', async () => {
  for (const upgrade of malformedUpgrades(serve.url)) {
    await sendRaw(serve.url, upgrade, { reset: true })
    const { hostname, port } = new URL(serve.url)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(upgrade, () => {
          socket.resetAndDestroy()
        })
      })
      socket.on('error', () => {})
      socket.on('close', () => {
        resolve()
      })
    })
  }
})

test('frames of any shape end their own connection alone', async () => {
  for (const frame of malformedFrames) await sendBelow(serve.url, Uint8Array.from(frame))
})

test('a message above the limit ends its own connection alone', async () => {
  expect(await sendWhole(serve.url, { to: 'engine', message: new Uint8Array(300 * 2 ** 20) })).toBe(1009)
})

const call = (method: string, params: unknown) => ({ kind: 'call', id: 1, method, params })
const numbers = new Float64Array(4_000_000)
const sum = { a: 1, b: 2 }
for (const [what, message] of [
  ['a request', numbers],
  ['parameters', call('explore', numbers)],
  ['a number', call('explore', { sum: { a: numbers, b: 2 }, interventions: [] })],
  ['a list', call('explore', { sum, interventions: numbers })],
  ['positions', call('explore', { sum, interventions: [{ site: 'q', layer: 0, positions: numbers, mode: 'zero' }] })],
  ['a source', call('openModel', { source: numbers })],
  ['a name', call('analyze', { id: numbers, params: {} })],
] as const)
  test(`a large typed array in the place of ${what} is refused in a short sentence`, async () => {
    const answer = await sendWhole(serve.url, { to: 'engine', message })
    expect(answer).toBeInstanceOf(Uint8Array)
    const { message: reply } = decodeMessage(answer as Uint8Array) as { message: { failure: { message: string } } }
    expect(reply.failure.message.length).toBeLessThan(300)
  })
