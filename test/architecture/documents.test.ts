import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'
import { cellRows } from '../support/notebook-cells'
import { rooms } from './rooms'

const root = resolve(import.meta.dirname, '../..')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
]

const textOf = (page: string) => readFileSync(join(root, page), 'utf8')

test('the README can be read at one go', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(130)
})

test.each(pages)('every file that %s links to is there', (page) => {
  const targets = [...textOf(page).matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target]) => target!)
  const missing = targets.filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(page), target)))
  expect(missing).toEqual([])
})

test('the table of rooms says what each may import', () => {
  const rows = [...textOf('docs/architecture.md').matchAll(/^\| (`src\/.+?) \|.*\| (.+?) \|$/gm)]
  const told = rows.flatMap(([, names, imports]) =>
    [...names!.matchAll(/`src\/(\w+)`/g)].map(([, room]) => [room!, imports!.split(', ')] as const),
  )
  expect(told.map(([room]) => room).toSorted()).toEqual(Object.keys(rooms).toSorted())
  const wholeRooms = (names: readonly string[]) => names.filter((name) => name in rooms)
  for (const [room, imports] of told.filter(([name]) => !['main', 'preload', 'cli'].includes(name)))
    expect([room, wholeRooms(imports).toSorted()]).toEqual([room, wholeRooms(rooms[room]!.rooms).toSorted()])
})

test('every file that a page names is there', () => {
  const files = ['src', 'test', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(
      (name) => `${folder}/${String(name).replaceAll(sep, '/')}`,
    ),
  )
  const isThere = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`))
  const named = pages.flatMap((page) =>
    [...textOf(page).matchAll(/`((?:[\w-]+\/)*[\w.-]+\.(?:ts|svelte|mjs))`/g)].map(([, name]) => name!),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((name) => !name.includes('SUBJECT') && !isThere(name))).toEqual([])
})

test('every script that a page asks for is one of the package', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const asked = pages.flatMap((page) =>
    [...textOf(page).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name!),
  )
  expect([...new Set(asked)].filter((name) => !(name in scripts))).toEqual([])
})

test('the notices of what is shipped are those of the packages', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/notices.mjs'), '--check'], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('the notebook’s figures are counted as it draws them, 71 in all', () => {
  const drawn = new Map<number, number>()
  for (const { cells, draws } of cellRows) if (draws > 0) drawn.set(cells[0]!, (drawn.get(cells[0]!) ?? 0) + draws)
  const several = Object.fromEntries([...drawn].filter(([, draws]) => draws > 1))
  expect(several).toEqual({
    14: 2,
    18: 2,
    21: 5,
    22: 3,
    23: 3,
    25: 5,
    26: 2,
    28: 5,
    30: 5,
    33: 9,
    35: 9,
    38: 2,
    40: 7,
    43: 2,
  })
  expect([...drawn.values()].reduce((sum, draws) => sum + draws, 0)).toBe(71)
})
