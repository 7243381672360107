import { EventEmitter } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserWindow, Session, WebContents } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { appScheme } from '../../src/main/app-scheme'
import { hardenSession } from '../../src/main/harden'
import { schemePage } from '../../src/main/page'
import { servePage } from '../../src/main/serve-page'
import { StageWindow } from '../../src/main/stage-window'
import { openWindow } from '../../src/main/window'

/** Every point of https://www.electronjs.org/docs/latest/tutorial/security, by its number there; those of a window for each there is. */

interface Options {
  webPreferences: Record<string, unknown>
}

const electron = vi.hoisted(() => ({
  options: [] as unknown[],
  contents: [] as unknown[],
  opened: [] as string[],
  loaded: [] as string[],
}))

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  class Contents extends Emitter {
    open: (details: { url: string }) => unknown = () => undefined
    setWindowOpenHandler(handler: (details: { url: string }) => unknown) {
      this.open = handler
    }
  }
  class BrowserWindow extends Emitter {
    webContents = new Contents()
    constructor(options: unknown) {
      super()
      electron.options.push(options)
      electron.contents.push(this.webContents)
    }
    loadURL(url: string) {
      electron.loaded.push(url)
      return Promise.resolve()
    }
  }
  return {
    BrowserWindow,
    nativeTheme: new Emitter(),
    screen: Object.assign(new Emitter(), {
      getAllDisplays: () => [{ id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }],
      getPrimaryDisplay: () => ({ id: 1 }),
    }),
    shell: { openExternal: (url: string) => Promise.resolve(electron.opened.push(url)) },
  }
})

const root = resolve(import.meta.dirname, '../..')
const page = schemePage()
const sources = readdirSync(join(root, 'src/main')).map((name) => ({
  name,
  text: readFileSync(join(root, 'src/main', name), 'utf8'),
}))
const mainSource = sources.map(({ text }) => text).join('\n')
const speaker = { getBounds: () => ({ x: 0, y: 0, width: 800, height: 600 }) } as BrowserWindow

type Contents = EventEmitter & { open: (details: { url: string }) => unknown }
let contents: Contents
let preferences: Record<string, unknown> = {}

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  electron.opened.length = 0
})

function hardened() {
  const handlers: { request?: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void } = {}
  const asked: { permission?: (contents: WebContents, name: string, decide: (granted: boolean) => void) => void } = {}
  const session = {
    webRequest: { onBeforeRequest: (handler: NonNullable<typeof handlers.request>) => (handlers.request = handler) },
    setPermissionCheckHandler: () => undefined,
    setPermissionRequestHandler: (handler: NonNullable<typeof asked.permission>) => (asked.permission = handler),
  }
  hardenSession(session as unknown as Session, page)
  return {
    cancels: (url: string) => {
      let cancelled = false
      handlers.request?.({ url }, ({ cancel }) => (cancelled = cancel))
      return cancelled
    },
    grants: (name: string) => {
      let given = true
      asked.permission?.({ getURL: () => page.url } as WebContents, name, (granted) => (given = granted))
      return given
    },
  }
}

const prevented = (name: string, event: object = {}) => {
  const preventDefault = vi.fn()
  contents.emit(name, { ...event, preventDefault })
  return preventDefault.mock.calls.length === 1
}

const nothing = () => undefined

describe.each([
  ['the window', page.url, () => openWindow(page, { read: () => null, write: nothing })],
  ['the Stage', `${page.url}#stage`, () => new StageWindow(page, nothing, nothing).open(speaker, true)],
] as const)('%s', (_, url, open) => {
  beforeEach(() => {
    open()
    contents = electron.contents.at(-1) as Contents
    preferences = (electron.options.at(-1) as Options).webPreferences
  })

  test('1: shows the app’s own page', () => {
    expect(electron.loaded.at(-1)).toBe(url)
    expect(url).toMatch(/^app:\/\/carryscope\/index\.html/)
  })

  test('2: no Node in the window', () => {
    expect(preferences).toMatchObject({ nodeIntegration: false })
    expect(Object.keys(preferences)).not.toEqual(expect.arrayContaining([expect.stringMatching(/nodeIntegrationIn/)]))
  })

  test('3: contexts are isolated', () => {
    expect(preferences).toMatchObject({ contextIsolation: true })
  })

  test('4: the window is sandboxed', () => {
    expect(preferences).toMatchObject({ sandbox: true })
    expect(mainSource).not.toMatch(/no-sandbox/)
  })

  test('6: web security is on', () => {
    expect(preferences).toMatchObject({ webSecurity: true })
  })

  test.each([
    ['8: mixed content is not allowed', 'allowRunningInsecureContent'],
    ['9: no experimental features', 'experimentalFeatures'],
    ['10: no features of Blink are turned on', 'enableBlinkFeatures'],
  ])('%s', (_, name) => {
    expect(preferences).not.toHaveProperty(name)
    expect(mainSource).not.toContain(name)
  })

  test('11 and 12: there is no webview, and none can be attached', () => {
    expect(preferences).toMatchObject({ webviewTag: false })
    expect(prevented('will-attach-webview')).toBe(true)
  })

  test('13: the window goes nowhere', () => {
    expect(prevented('will-frame-navigate', { isMainFrame: true, url: 'https://example.org/' })).toBe(true)
    expect(prevented('will-frame-navigate', { isMainFrame: false, url: page.url })).toBe(true)
    expect(prevented('will-frame-navigate', { isMainFrame: true, url: 'file:///etc/passwd' })).toBe(true)
    expect(prevented('will-redirect')).toBe(true)
    expect(prevented('will-frame-navigate', { isMainFrame: true, url: page.url })).toBe(false)
  })

  test('14 and 15: no window is opened, and only https addresses reach the browser', () => {
    for (const url of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://example.org/a',
      'http://example.org/',
      'carryscope:1',
      '',
    ])
      expect(contents.open({ url })).toEqual({ action: 'deny' })
    expect(electron.opened).toEqual([])
    expect(contents.open({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
    expect(electron.opened).toEqual(['https://example.org/'])
  })
})

test('every window that is made is one of these', () => {
  const making = sources.filter(({ text }) => /new (BrowserWindow|WebContentsView|BrowserView)\(/.test(text))
  expect(making.map(({ name }) => name)).toEqual(['stage-window.ts', 'window.ts'])
})

test('1: nothing is loaded but the app’s own, so nothing insecure', () => {
  for (const url of [
    'http://example.org/',
    'https://example.org/',
    'file:///etc/passwd',
    'ws://127.0.0.1:1/',
    'ftp://example.org/',
  ])
    expect(hardened().cancels(url), url).toBe(true)
  expect(hardened().cancels(page.url)).toBe(false)
})

test('5: permissions are refused, but to copy', () => {
  for (const name of [
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'fileSystem',
    'clipboard-read',
    'hid',
    'usb',
  ])
    expect(hardened().grants(name), name).toBe(false)
  expect(hardened().grants('clipboard-sanitized-write')).toBe(true)
})

test('7: the page has a content policy, in its tag and in its answer', async () => {
  const tag = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(
    readFileSync(join(root, 'src/renderer/index.html'), 'utf8'),
  )?.[1]
  expect(tag).toMatch(/^default-src 'none'; script-src 'self'; /)
  const answer = await servePage(join(root, 'src/renderer'), new Request(page.url))
  const header = answer.headers.get('content-security-policy')
  expect(header).toMatch(/^default-src 'none'; script-src 'self'; /)
  for (const policy of [tag, header]) expect(policy).not.toMatch(/unsafe/)
})

test('16: Electron is pinned to the version that is installed', () => {
  const versionIn = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>
  const { devDependencies } = versionIn('package.json') as { devDependencies: Record<string, string> }
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
  expect(versionIn('node_modules/electron/package.json')['version']).toBe(devDependencies['electron'])
})

test('17: messages come in by the gate alone, which looks at their sender', () => {
  const listening = sources.filter(({ text }) => /\bipcMain\b|\.ipc\.(on|handle|once|handleOnce)\b/.test(text))
  expect(listening.map(({ name }) => name)).toEqual(['gate.ts'])
})

test('18: the page has a scheme of its own, without the privileges of files', () => {
  expect(new URL(page.url).protocol).toBe('app:')
  expect(appScheme.privileges).not.toHaveProperty('bypassCSP')
})

test('19: fuses', () => {
  // Which, and that the packed executable has them: test/packaging/fuses.test.ts.
  expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toMatch(/^electronFuses:$/m)
})

test('20: the preload hands on neither Electron nor its events', () => {
  const preload = readFileSync(join(root, 'src/preload/index.ts'), 'utf8')
  expect(preload.match(/exposeInMainWorld\([^)]*\)/g)).toEqual(["exposeInMainWorld('carryscope', bridge)"])
  expect(preload).not.toMatch(/:\s*ipcRenderer\b|\.\.\.ipcRenderer|listener\(_?event/)
})
