import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { menuTemplate } from '../../src/main/menu'

function leaves(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => (Array.isArray(item.submenu) ? leaves(item.submenu) : [item]))
}

function template(packaged: boolean): MenuItemConstructorOptions[] {
  return menuTemplate({ recent: [], send: () => undefined, openSession: () => undefined, packaged })
}

function clickAll(items: readonly MenuItemConstructorOptions[]): void {
  for (const { click } of leaves(items)) (click as (() => void) | undefined)?.()
}

test('each item of our own sends its command, recent models and sessions with their paths', () => {
  const sent: string[] = []
  const recent = ['/models/a.pt', '/b', '/talk.carryscope.json']
  const openSession = (path = 'ask for it') => sent.push(`open-session ${path}`)
  clickAll(menuTemplate({ recent, send: (command) => sent.push(command), openSession, packaged: true }))
  expect(sent).toEqual([
    'open-model',
    'layout',
    'open-session ask for it',
    'save-session-as',
    'copy-link',
    'save-report',
    'share-tour',
    'share-session',
    'open-path:/models/a.pt',
    'open-path:/b',
    'open-session /talk.carryscope.json',
    'undo',
    'redo',
    'keyboard',
    'about',
  ])
})

test('keys that the window hears itself are shown but not taken', () => {
  const items = leaves(template(true))
  const own = items.filter(({ accelerator }) => accelerator !== undefined)
  expect(own.length).toBeGreaterThan(0)
  expect(own.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true)
})

test('a packaged app has neither a reload nor an inspector', () => {
  const roles = (packaged: boolean) => leaves(template(packaged)).map(({ role }) => role)
  expect(roles(true)).not.toContain('toggleDevTools')
  expect(roles(true)).not.toContain('reload')
  expect(roles(false)).toContain('toggleDevTools')
})
