import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptText } from '../../src/files/kept-text'
import { RecentFiles } from '../../src/files/recent-files'
import { parsePlace, visibleBounds } from '../../src/main/window-place'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-kept-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('a text is read back, replaces the one before it, and leaves nothing else behind', () => {
  const file = keptText(join(folder, 'deep', 'session.json'))
  expect(file.read()).toBeNull()
  file.write('a long first text')
  file.write('short')
  expect(file.read()).toBe('short')
  expect(readdirSync(join(folder, 'deep'))).toEqual(['session.json'])
})

test('recent files are newest first, once each, and outlive the app', () => {
  const file = keptText(join(folder, 'recent.json'))
  const recent = new RecentFiles(file)
  for (const path of ['/a', '/b', '/a', '/c', '/d', '/e', '/f', '/g', '/h', '/i']) recent.add(path)
  expect(recent.paths).toEqual(['/i', '/h', '/g', '/f', '/e', '/d', '/c', '/a'])
  expect(new RecentFiles(file).paths).toEqual(recent.paths)
})

test.each(['', '{', '{"0":"/a"}', 'null', '[1, {}]', '["a.pt", "/a\\u0000.pt"]'])(
  'a spoilt list of recent files is empty: %s',
  (text) => {
    const path = join(folder, 'recent.json')
    writeFileSync(path, text)
    expect(new RecentFiles(keptText(path)).paths).toEqual([])
  },
)

const display = { x: 0, y: 0, width: 1920, height: 1080 }
const place = { bounds: { x: 100, y: 50, width: 1440, height: 900 }, maximized: false }

test('a window opens where it was left', () => {
  expect(parsePlace(JSON.stringify(place), [display])).toEqual(place)
})

test.each([
  ['on a display that is gone', { ...place, bounds: { ...place.bounds, x: 3000 } }],
  ['above the display', { ...place, bounds: { ...place.bounds, y: -400 } }],
  ['with a broken number', { ...place, bounds: { ...place.bounds, width: null } }],
  ['without bounds', { maximized: true }],
])('a window does not open %s', (_, left) => {
  expect(parsePlace(JSON.stringify(left), [display])).toBeNull()
})

test('a window whose display was unplugged comes back as large as fits, in the middle of the first', () => {
  const lost = { x: 2000, y: 100, width: 2400, height: 800 }
  expect(visibleBounds(lost, [display])).toEqual({ x: 0, y: 140, width: 1920, height: 800 })
  expect(visibleBounds(lost, [display, { ...display, x: 1920 }])).toEqual(lost)
  expect(visibleBounds(lost, [])).toEqual(lost)
})

test('no saved place is none', () => {
  expect(parsePlace(null, [display])).toBeNull()
  expect(parsePlace('{', [display])).toBeNull()
})
