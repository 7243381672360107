import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { appScheme } from '../../src/main/app-scheme'
import { servePage } from '../../src/main/serve-page'
import { fc } from '../support/arbitraries'

const around = mkdtempSync(join(tmpdir(), 'carryscope-page-'))
const folder = join(around, 'renderer')
mkdirSync(join(folder, 'assets'), { recursive: true })
mkdirSync(join(around, 'renderer-of-another'))
const files = {
  'index.html': '<p>page</p>',
  'assets/index.js': 'page()',
  'assets/index.css': 'p {}',
  'assets/f.woff2': 'font',
  'notes.txt': 'no',
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
for (const name of ['secret.js', 'renderer-of-another/secret.js']) writeFileSync(join(around, name), 'secret')
afterAll(() => {
  rmSync(around, { recursive: true })
})

const ask = (url: string, init?: RequestInit) => servePage(folder, new Request(url, init))

test.each([
  ['index.html', 'text/html; charset=utf-8'],
  ['index.html#C1', 'text/html; charset=utf-8'],
  ['index.html?again', 'text/html; charset=utf-8'],
  ['assets/index.js', 'text/javascript; charset=utf-8'],
  ['assets/index.css', 'text/css; charset=utf-8'],
  ['assets/f.woff2', 'font/woff2'],
])('%s is given as %s, under the content policy', async (path, type) => {
  const response = await ask(`app://carryscope/${path}`)
  expect(response.status).toBe(200)
  expect(await response.text()).toBe(files[path.replace(/[?#].*/, '') as keyof typeof files])
  expect(response.headers.get('content-type')).toBe(type)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]),
  )
  expect(policy).not.toMatch(/unsafe|ws:|https?:|\*/)
})

test.each([
  'app://carryscope/../secret.js',
  'app://carryscope/%2e%2e/secret.js',
  'app://carryscope/..%2fsecret.js',
  'app://carryscope/assets/..%2f..%2fsecret.js',
  'app://carryscope/..%5csecret.js',
  'app://carryscope/%2e%2e%2frenderer-of-another%2fsecret.js',
  'app://carryscope//etc/passwd.js',
  'app://carryscope/C:%5csecret.js',
  'app://carryscope/index.html%00.js',
  'app://carryscope/%zz.js',
  'app://carryscope/',
  'app://carryscope/assets',
  'app://carryscope/notes.txt',
  'app://carryscope/gone.js',
  'app://carryscope:80/index.html',
  'app://elsewhere/index.html',
  'file:///index.html',
  'https://carryscope/index.html',
])('%s is not found', async (url) => {
  const response = await ask(url)
  expect({ status: response.status, text: await response.text() }).toEqual({ status: 404, text: '' })
})

test('no address reaches anything outside the folder', async () => {
  const part = fc.constantFrom(
    '..',
    '%2e%2e',
    '.%2e',
    '/',
    '%2f',
    '%5c',
    '\\',
    'secret.js',
    'renderer-of-another',
    'assets',
    '%00',
    ':',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const response = await ask(`app://carryscope/${parts.join('')}`)
      expect(await response.text()).not.toBe('secret')
    }),
    { numRuns: 2000 },
  )
})

test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is refused', async (method) => {
  expect((await ask('app://carryscope/index.html', { method })).status).toBe(405)
})

test('the scheme has an origin and is secure, and is granted nothing beyond', () => {
  expect(appScheme).toEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  })
})
