import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hardenSession, watchDownloads } from '../../src/main/harden'
import { builtPage } from '../../src/main/page'

vi.mock('electron', () => ({ shell: {} }))

type Check = (contents: WebContents | null, permission: string) => boolean
type Request = (contents: WebContents, permission: string, decide: (granted: boolean) => void) => void

const page = builtPage('file:///app/index.html', '/app')

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('the page may write to the clipboard, read nothing from it, and nobody else may do either', () => {
  const { check, request } = permissions()
  const own = contentsAt(page.url)
  expect(check(own, 'clipboard-sanitized-write')).toBe(true)
  expect(request(own, 'clipboard-sanitized-write')).toBe(true)
  for (const permission of ['clipboard-read', 'fileSystem', 'media', 'notifications']) {
    expect(check(own, permission)).toBe(false)
    expect(request(own, permission)).toBe(false)
  }
  expect(check(contentsAt('https://example.org/'), 'clipboard-sanitized-write')).toBe(false)
  expect(request(contentsAt('https://example.org/'), 'clipboard-sanitized-write')).toBe(false)
  expect(check(null, 'clipboard-sanitized-write')).toBe(false)
})

test('what the page made is saved, and told of where it cannot be; nothing else is saved', () => {
  const session = new EventEmitter()
  const told: string[] = []
  watchDownloads(session as unknown as Session, (sentence) => told.push(sentence))
  const start = (url: string) => {
    const item = Object.assign(new EventEmitter(), {
      getURL: () => url,
      getFilename: () => 'report.html',
      getSavePath: () => '/full/report.html',
    })
    const event = { preventDefault: vi.fn() }
    session.emit('will-download', event, item)
    return { item, refused: () => event.preventDefault.mock.calls.length > 0 }
  }
  const whole = start('blob:file:///1')
  whole.item.emit('done', {}, 'completed')
  start('blob:file:///2').item.emit('done', {}, 'cancelled')
  expect(told).toEqual([])
  expect(whole.refused()).toBe(false)
  start('blob:file:///3').item.emit('done', {}, 'interrupted')
  expect(told).toEqual([
    '"report.html" could not be written to /full/report.html: save it once more, in another place.',
  ])
  expect(start('https://example.org/file').refused()).toBe(true)
})

function contentsAt(url: string): WebContents {
  return { getURL: () => url } as WebContents
}

/** What a hardened session grants. */
function permissions() {
  let check: Check = () => true
  let request: Request = () => undefined
  const session = {
    webRequest: { onBeforeRequest: () => undefined },
    setPermissionCheckHandler: (handler: Check) => (check = handler),
    setPermissionRequestHandler: (handler: Request) => (request = handler),
  }
  hardenSession(session as unknown as Session, page)
  return {
    check: (contents: WebContents | null, permission: string) => check(contents, permission),
    request: (contents: WebContents, permission: string) => {
      let granted = false
      request(contents, permission, (answer) => (granted = answer))
      return granted
    },
  }
}
