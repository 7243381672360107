import { readdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { AnalysisParams, Choice } from '../../src/analyses/analysis'
import { analyses } from '../../src/analyses/registry'
import { randomModel, smallConfig } from '../support/random-model'
import { runAnalysis } from '../support/run-analysis'

test('every analysis has its own id, its own file and its own test', () => {
  const ids = analyses.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) {
    expect(
      filesBelow('../../src/analyses').filter((file) => file === `${id}.ts`),
      id,
    ).toHaveLength(1)
    expect(
      filesBelow('.').filter((file) => file === `${id}.test.ts`),
      id,
    ).toHaveLength(1)
  }
})

test('every analysis says what it asks and how it is defined, in whole sentences', () => {
  for (const { id, question, definition } of analyses) {
    expect(question, id).toMatch(/^[A-Z].*\?$/)
    expect(definition, id).toMatch(/\.$/)
  }
})

test.each(analyses.map((analysis) => [analysis.id, analysis] as const))(
  '%s has the choices that it reads, and no others',
  async (_, analysis) => {
    const every: readonly Choice[] = ['mode', 'side', 'examples', 'tensors']
    const read = new Set<PropertyKey>()
    const params = analysis.about === 'sum' ? { sum: { a: 12, b: 9 } } : { dataset: { size: 4, seed: 1 } }
    const watched = new Proxy<AnalysisParams>(params, {
      get: (target, name: keyof AnalysisParams) => {
        read.add(name)
        return target[name]
      },
    })
    await runAnalysis(analysis, randomModel(smallConfig({ numDigits: 2 })), watched)
    expect(every.filter((choice) => read.has(choice))).toEqual(
      every.filter((choice) => analysis.choices?.includes(choice)),
    )
  },
)

const shapes = [
  smallConfig({ n_layers: 4, n_heads: 2, numDigits: 3 }),
  smallConfig({ numDigits: 2, normalization_type: 'LNPre' }),
]
const cases = analyses.flatMap((analysis) =>
  shapes.map((config) => [analysis.id, config.n_layers, analysis, config] as const),
)

test.each(cases)('%s gives labelled tensors on a model of %i layers', async (_, __, analysis, config) => {
  const params = analysis.about === 'sum' ? { sum: { a: 12, b: 9 } } : { dataset: { size: 4, seed: 1 } }
  const result = await runAnalysis(analysis, randomModel(config), params)
  for (const value of Object.values(result)) {
    if (typeof value !== 'object' || value === null || !('data' in value)) continue
    expect(value.data.length).toBe(value.shape.reduce((product, extent) => product * extent, 1))
    for (const [dim, names] of Object.entries(value.labels))
      expect(names).toHaveLength(value.shape[value.dims.indexOf(dim)]!)
  }
})

function filesBelow(folder: string): readonly string[] {
  const paths = readdirSync(resolve(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
  return paths.map((path) => basename(path))
}
