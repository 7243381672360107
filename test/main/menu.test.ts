import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { menuTemplate } from '../../src/main/menu'

function leaves(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => (Array.isArray(item.submenu) ? leaves(item.submenu) : [item]))
}

function clickAll(items: readonly MenuItemConstructorOptions[]): void {
  for (const { click } of leaves(items)) (click as (() => void) | undefined)?.()
}

test('each item of our own sends its command, recent models with their paths', () => {
  const sent: string[] = []
  clickAll(menuTemplate(['/models/a.pt', '/b'], (command) => sent.push(command), true))
  expect(sent).toEqual(['open-model', 'open-path:/models/a.pt', 'open-path:/b', 'undo', 'redo'])
})

test('keys that the window hears itself are shown but not taken', () => {
  const items = leaves(menuTemplate([], () => undefined, true))
  const own = items.filter(({ accelerator }) => accelerator !== undefined)
  expect(own.length).toBeGreaterThan(0)
  expect(own.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true)
})

test('a packaged app has neither a reload nor an inspector', () => {
  const roles = (packaged: boolean) => leaves(menuTemplate([], () => undefined, packaged)).map(({ role }) => role)
  expect(roles(true)).not.toContain('toggleDevTools')
  expect(roles(true)).not.toContain('reload')
  expect(roles(false)).toContain('toggleDevTools')
})
