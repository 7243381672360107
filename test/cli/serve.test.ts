import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startServer, type PageServer } from '../../src/cli/serve/server'
import { PageEngines } from '../../src/cli/serve/page-engines'
import type { EngineStatus } from '../../src/contract/contract'
import { bridgePort } from '../support/bridge-port'
import type { Handlers } from '../../src/contract/rpc-server'
import { connectEngine } from '../../src/contract/rpc-client'
import { socketBridge } from '../../src/contract/socket-bridge'
import { encodeMessage } from '../../src/contract/wire'

const policy = "default-src 'none'; script-src 'self'"
const token = 'a-token'
const folder = mkdtempSync(join(tmpdir(), 'carryscope-serve-'))
const pageFolder = join(folder, 'page')
const sessionPath = join(folder, 'state', 'session.json')
const status: EngineStatus = {
  provider: 'cpu',
  device: 'test',
  machine: 'test',
  pid: 7,
  rssBytes: 1,
  model: null,
}
const result = { loss: { dims: ['digit'], shape: [2], data: Float32Array.of(1, NaN), labels: {}, unit: 'nats' } }

const handlers: Handlers = {
  status: async () => status,
  analyze: async () => result,
  openModel: () => Promise.reject(new Error('not part of this test')),
  explore: () => new Promise(() => {}),
  knownModels: () => Promise.resolve({ recent: [], bundled: [] }),
  listModels: () => Promise.resolve({ folder: '/models', paths: [], more: 0 }),
  describeModel: () => Promise.reject(new Error('There is no model.')),
  analyzeCheckpoints: () => Promise.reject(new Error('not part of this test')),
  exportModel: () => Promise.reject(new Error('not part of this test')),
  providers: () => Promise.reject(new Error('not part of this test')),
  exhaustive: () => Promise.reject(new Error('not part of this test')),
  runs: () => Promise.reject(new Error('not part of this test')),
  startRun: () => Promise.reject(new Error('not part of this test')),
  run: () => Promise.reject(new Error('not part of this test')),
  readRun: () => Promise.reject(new Error('not part of this test')),
  margins: () => Promise.reject(new Error('not part of this test')),
}

let tellPage: (sentence: string) => void
let server: PageServer
beforeAll(async () => {
  mkdirSync(join(pageFolder, 'assets'), { recursive: true })
  writeFileSync(join(pageFolder, 'index.html'), `<meta http-equiv="Content-Security-Policy" content="${policy}" />`)
  writeFileSync(join(pageFolder, 'assets', 'page.js'), 'export {}')
  writeFileSync(join(folder, 'secret.json'), 'nobody may read this')
  server = await startServer({
    port: 0,
    token,
    pageFolder,
    sessionPath,
    engines: new PageEngines((tell) => {
      tellPage = tell
      return { handlers, close: () => {} }
    }, 2),
  })
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** A plain request, without the path's normalisation that `fetch` would do, and with any Host and Origin. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body })
      })
    })
      .on('error', reject)
      .end()
  })
}

function openSocket(url = new URL('socket', server.url), origin = new URL(server.url).origin): WebSocket {
  return new WebSocket(String(url).replace('http:', 'ws:'), { origin })
}

test("the page and its parts are sent with the page's own policy and nothing cached", async () => {
  const page = await get(`/${token}/`)
  expect(page.status).toBe(200)
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  await expect(get(`/${token}/assets/page.js`)).resolves.toMatchObject({ status: 200, body: 'export {}' })
})

test('the near end of an SSH tunnel, on another port, is let in', async () => {
  const headers = { host: 'localhost:9000', origin: 'http://localhost:9000' }
  await expect(get(`/${token}/`, headers)).resolves.toMatchObject({ status: 200 })
})

test.each([
  ['no token', '/', {}],
  ['a wrong token', '/b-token/', {}],
  ['a token without its slash', `/${token}`, {}],
  ['a foreign host', `/${token}/`, { host: 'evil.example' }],
  ['a foreign host that begins like ours', `/${token}/`, { host: '127.0.0.1.evil.example' }],
  ['a foreign origin', `/${token}/`, { origin: 'http://evil.example' }],
  ['an opaque origin', `/${token}/`, { origin: 'null' }],
])('a request with %s is refused', async (_, path, headers) => {
  const answer = await get(path, headers)
  expect(answer.status).toBe(403)
  expect(answer.body).not.toContain('Content-Security-Policy')
})

test.each([
  ['a path that climbs out', `/${token}/../../secret.json`],
  ['one that does so escaped', `/${token}/..%2f..%2fsecret.json`],
  ['one that climbs to the folder beside', `/${token}/..%2fsecret.json`],
  ['a malformed escape', `/${token}/%zz`],
  ['a file that is not there', `/${token}/missing.js`],
  ['a file of no known type', `/${token}/page`],
])('%s finds nothing', async (_, path) => {
  const answer = await get(path)
  expect([403, 404]).toContain(answer.status)
  expect(answer.body).not.toContain('nobody')
})

test('nothing but GET is answered', async () => {
  await expect(get(`/${token}/`, {}, 'POST')).resolves.toMatchObject({ status: 404 })
})

test('it listens on this machine only', () => {
  expect(new URL(server.url).hostname).toBe('127.0.0.1')
})

test.each([
  ['a wrong token', () => openSocket(new URL('/b-token/socket', server.url))],
  ['another path', () => openSocket(new URL('other', server.url))],
  ['a foreign origin', () => openSocket(undefined, 'http://evil.example')],
  ['no origin', () => new WebSocket(String(new URL('socket', server.url)).replace('http:', 'ws:'))],
])('a socket with %s is refused', async (_, open) => {
  const socket = open()
  await expect(new Promise((_, reject) => socket.on('error', reject))).rejects.toThrow('403')
})

test('the contract, the session and notices all travel over the one socket', async () => {
  const bridge = socketBridge(() => openSocket())
  const client = connectEngine(bridgePort(bridge))
  await expect(client.call('status', {})).resolves.toEqual(status)
  await expect(client.call('analyze', { id: 'performance', params: {} })).resolves.toEqual(result)
  await expect(client.call('openModel', { source: { path: '/x' } })).rejects.toMatchObject({ code: 'internal' })

  await expect(bridge.loadSession()).resolves.toBeNull()
  await bridge.saveSession('{"version":1}')
  await expect(bridge.loadSession()).resolves.toBe('{"version":1}')
  expect(readFileSync(sessionPath, 'utf8')).toBe('{"version":1}')

  const notice = new Promise((resolve) => {
    bridge.onNotice(resolve)
  })
  tellPage('The engine was started again.')
  await expect(notice).resolves.toBe('The engine was started again.')
})

test('what a page saves as it is left is written, though its connection ends with it', async () => {
  const socket = openSocket()
  const bridge = socketBridge(() => socket)
  await bridge.loadSession()
  const last = bridge.saveSession('{"version":1,"left":true}')
  socket.close()
  await last.catch(() => undefined)
  await expect.poll(() => readFileSync(sessionPath, 'utf8')).toBe('{"version":1,"left":true}')
})

test('a message that is none ends the connection', async () => {
  for (const message of [
    Buffer.from('text'),
    encodeMessage({ to: 'engine', message: {}, extra: 1 }),
    encodeMessage(7),
  ]) {
    const socket = openSocket()
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.on('open', () => {
      socket.send(message)
    })
    await expect(closed).resolves.toBe(1008)
  }
})

test('when the connection is lost, what was asked is rejected and a notice says so', async () => {
  const socket = openSocket()
  const bridge = socketBridge(() => socket)
  const client = connectEngine(bridgePort(bridge))
  const notice = new Promise((resolve) => {
    bridge.onNotice(resolve)
  })
  await client.call('status', {})
  const pending = client.call('explore', { sum: { a: 1, b: 2 }, interventions: [] })
  socket.terminate()
  await expect(pending).rejects.toThrow('The call "explore" was not answered: the connection to Carryscope was lost.')
  await expect(notice).resolves.toContain('The connection to Carryscope was lost')
})

test('a port that is taken is refused with a sentence', async () => {
  const port = Number(new URL(server.url).port)
  const engines = new PageEngines(() => ({ handlers, close: () => {} }))
  await expect(startServer({ port, token, pageFolder, sessionPath, engines })).rejects.toThrow(
    `The port ${port} is already in use: choose another with --port, or leave it out for any free one.`,
  )
})
