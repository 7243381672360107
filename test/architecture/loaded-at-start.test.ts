import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importGraph } from './circles'

const src = resolve(import.meta.dirname, '../../src')
const graph = importGraph(src, ({ typesOnly, dynamic }) => !typesOnly && !dynamic)

/** The files that are loaded with an entry, before anything is asked of it. */
function loadedWith(entry: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(entry)) return loaded
  loaded.add(entry)
  for (const next of graph.get(entry) ?? []) loadedWith(next, loaded)
  return loaded
}

test('an engine starts without what the first result does not need', () => {
  const loaded = loadedWith('engine/index.ts')
  expect([...loaded]).toContain('engine/live-view.ts')
  const later =
    /^(analyses\/(registry|carry\/.*|circuits\/.*)|engine\/(training|exhaustive)\/.*|model\/export-model)\.ts$/
  expect([...loaded].filter((file) => later.test(file))).toEqual([])
})

test('the page starts without what can take the place of Explore, and without what writes Python and pages', () => {
  const loaded = loadedWith('renderer/main.ts')
  expect([...loaded]).toContain('renderer/Explore.svelte')
  const later =
    /^(renderer\/(later-views\.ts|(stage|lab|weights|dataset)\/[^/]*\.svelte|present\/.*\.svelte)|snippets\/.*|share\/.*|report\/report\.ts)$/
  expect([...loaded].filter((file) => later.test(file))).toEqual([])
})

test('whatever the page reads later is read before it is wanted, for the server may be gone by then', () => {
  const dynamic = importGraph(src, (one) => one.dynamic === true)
  const everywhere = new Set([...dynamic].flatMap(([file, read]) => (file.startsWith('renderer/') ? read : [])))
  const ahead = [...dynamic.get('renderer/later-code.ts')!, ...dynamic.get('renderer/state/later.svelte.ts')!]
  // The window of a talk is a page of its own.
  expect(ahead.toSorted()).toEqual(
    [...everywhere].filter((file) => file !== 'renderer/present/StageWindow.svelte').toSorted(),
  )
})
