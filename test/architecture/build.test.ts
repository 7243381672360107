import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importsOfScript } from './imports'

const built = resolve(import.meta.dirname, '../../out/main')
const isBuilt = existsSync(built)
const entries = isBuilt ? readdirSync(built).filter((name) => name.endsWith('.js')) : []

// An entry acts as soon as it is loaded: one that loaded another would open a window or run the command line.
test.skipIf(!isBuilt)('no built entry loads another one (needs npm run build)', () => {
  expect(entries).toContain('index.js')
  expect(entries).toContain('engine.js')
  const loaded = entries.flatMap((entry) =>
    importsOfScript(readFileSync(`${built}/${entry}`, 'utf8')).map(({ specifier }) => `${entry} loads ${specifier}`),
  )
  expect(loaded.length).toBeGreaterThan(0)
  expect(loaded.filter((load) => entries.some((other) => load.endsWith(` ./${other}`)))).toEqual([])
})

test.skipIf(!isBuilt)('the page asks for its faces before its code has run (needs npm run build)', () => {
  const page = resolve(built, '../renderer')
  const faces = readdirSync(`${page}/assets`).filter((name) => name.endsWith('.woff2'))
  const html = readFileSync(`${page}/index.html`, 'utf8')
  expect(faces.length).toBeGreaterThan(0)
  for (const face of faces) expect(html).toMatch(new RegExp(`<link rel="preload"[^>]* href="\\./assets/${face}">`))
})
