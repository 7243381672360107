import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AnyFigure } from '../../src/charts/figure'
import { figures } from '../../src/charts/registry'
import { datasetSections } from '../../src/renderer/dataset/sections'
import type { Section } from '../../src/renderer/figures/section'
import { weightsSections } from '../../src/renderer/weights/sections'
import { cellRows, type Place } from '../support/notebook-cells'

/** The README says where in the window each cell of the published notebook is; the window says so too. */
const renderer = join(import.meta.dirname, '../../src/renderer')

const galleries: Readonly<Record<string, readonly Section[]>> = { Weights: weightsSections, Dataset: datasetSections }

/** The declared figures that Explore's own panels are about: those that they ask for by name, and those that they import. */
const ofExplore = new Set<string>()
for (const folder of ['panels', 'circuit'])
  for (const name of readdirSync(join(renderer, folder))) {
    const source = readFileSync(join(renderer, folder, name), 'utf8')
    for (const [, ids] of source.matchAll(/figureNamed\(([^)]*)\)/g))
      for (const [, id] of ids!.matchAll(/'([\w-]+)'/g)) ofExplore.add(id!)
    for (const [, names, path] of source.matchAll(/import \{([^}]*)\} from '([^']*-figure)'/g)) {
      const exported = (await import(join(renderer, folder, path!))) as Readonly<Record<string, Partial<AnyFigure>>>
      for (const one of names!.split(',')) {
        const id = exported[one.trim()]?.id
        if (id !== undefined) ofExplore.add(id)
      }
    }
  }

function figuresAt({ workspace, section }: Place): readonly string[] {
  if (workspace === 'Explore') return [...ofExplore]
  const found = galleries[workspace]?.find(({ title }) => title === section)
  return found?.places.map(({ figure }) => figure.id) ?? []
}

test.each(cellRows.flatMap(({ cells, places }) => places.map((place) => ({ cells, place }))))(
  'cells $cells: $place',
  ({ cells, place }) => {
    for (const id of place.figures) {
      expect(figuresAt(place)).toContain(id)
      expect(figures.find((figure) => figure.id === id)!.cells?.some((cell) => cells.includes(cell))).toBe(true)
    }
  },
)

test('every figure that says which cell it is from stands in the row of that cell', () => {
  for (const { id, cells = [] } of figures)
    for (const cell of cells) {
      const rows = cellRows.filter((row) => row.cells.includes(cell))
      expect(rows.flatMap(({ places }) => places.flatMap((place) => place.figures))).toContain(id)
    }
})

test('24 cells draw, 71 figures in all', () => {
  const drawing = cellRows.filter(({ draws }) => draws > 0)
  expect(new Set(drawing.flatMap(({ cells }) => cells)).size).toBe(24)
  expect(drawing.reduce((sum, { draws }) => sum + draws, 0)).toBe(71)
})
