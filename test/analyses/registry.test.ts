import { readdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Analysis } from '../../src/analyses/analysis'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { checkParams } from '../../src/analyses/check-params'
import { analyses, type AnalysisParams } from '../../src/analyses/registry'
import { randomModel, smallConfig } from '../support/random-model'
import { runAnalysis } from '../support/run-analysis'
import { resultAxes } from './result-axes'

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
  '%s reads the parameters that it declares, and no others',
  async (_, analysis) => {
    const read = new Set<string>()
    const watched = new Proxy<AnalysisParams>(questionOf(analysis), {
      get: (target, name: keyof AnalysisParams) => {
        read.add(name)
        return target[name]
      },
    })
    const model = randomModel(smallConfig({ numDigits: 2 }))
    await (analysis as Analysis).run({ model, progress: () => undefined }, watched)
    expect([...read].toSorted()).toEqual(Object.keys(analysis.parameters).toSorted())
  },
)

test('a parameter that an analysis lacks, has not or has otherwise is refused by name', () => {
  const refused = (id: string, params: object) => () => checkParams(analysisNamed(id), params)
  expect(refused('dla', {})).toThrow('The analysis "dla" is about one sum: name it, as in --sum 2968+1606.')
  expect(refused('performance', { mode: 'zero' })).toThrow(
    'The analysis "performance" has no parameter "mode": leave it out; it is for "head-ablation", "qkv-ablation", "position-ablation", "interaction".',
  )
  expect(refused('performance', { sum: { a: 1, b: 2 } })).toThrow('The analysis "performance" is not about one sum')
  expect(refused('head-ablation', { mode: 'patch' })).toThrow('The parameter "mode" of the analysis "head-ablation"')
})

const shapes = [
  smallConfig({ n_layers: 4, n_heads: 2, numDigits: 3 }),
  smallConfig({ numDigits: 2, normalization_type: 'LNPre' }),
  smallConfig({ n_layers: 3, n_heads: 2, numDigits: 2, normalization_type: null, d_mlp: 6, act_fn: 'relu' }),
]
const cases = analyses.flatMap((analysis) =>
  shapes.map((config) => [analysis.id, config.n_layers, analysis, config] as const),
)

test.each(cases)('%s gives labelled tensors on a model of %i layers', async (id, __, analysis, config) => {
  const result = await runAnalysis(analysis, randomModel(config), questionOf(analysis))
  const axes: Readonly<Record<string, readonly string[]>> = resultAxes[id]
  for (const [name, value] of Object.entries(result)) {
    if (typeof value !== 'object' || value === null || !('data' in value)) continue
    if (id !== 'weights') expect(value.dims, name).toEqual(axes[name])
    expect(value.data.length).toBe(value.shape.reduce((product, extent) => product * extent, 1))
    for (const [dim, names] of Object.entries(value.labels))
      expect(names).toHaveLength(value.shape[value.dims.indexOf(dim)]!)
  }
})

function filesBelow(folder: string): readonly string[] {
  const paths = readdirSync(resolve(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
  return paths.map((path) => basename(path))
}

function questionOf({ about }: Pick<Analysis, 'about'>): AnalysisParams {
  if (about === 'weights') return {}
  return about === 'sum' ? { sum: { a: 12, b: 9 } } : { dataset: { size: 4, seed: 1 } }
}
