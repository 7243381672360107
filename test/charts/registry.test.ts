import { expect, test } from 'vitest'
import { analyses } from '../../src/analyses/registry'
import { figureBuilders } from '../../src/charts/registry'
import { randomModel, smallConfig } from '../support/random-model'
import { display } from '../support/small-run'

const sum = { a: 12, b: 34 }

/** How many figures each analysis of a model with 2 layers of 2 heads and 2 digits has. */
test.each([
  ['predictions', 1],
  ['attention', 4],
  ['dla', 2],
  ['path-dla', 2],
  ['head-ablation', 1],
  ['qkv-ablation', 3],
  ['carry-attention', 2],
])('%s of a real run has %d figures with a table each', async (id, count) => {
  const analysis = analyses.find((each) => each.id === id)!
  const params = analysis.about === 'sum' ? { sum } : { dataset: { size: 12, seed: 1 } }
  const result = await analysis.run(
    { model: randomModel(smallConfig({ n_heads: 2, numDigits: 2 })), progress: () => undefined },
    params,
  )
  const figures = figureBuilders[id]!(result, params, display)
  expect(figures).toHaveLength(count)
  expect(new Set(figures.map((figure) => figure.title)).size).toBe(count)
  for (const { picture, table } of figures) {
    expect(picture.targets.length).toBeGreaterThan(0)
    expect(table.rows.length).toBeGreaterThan(0)
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length)
  }
})

test('every builder belongs to an analysis', () => {
  const ids = analyses.map((analysis) => analysis.id)
  expect(ids).toEqual(expect.arrayContaining(Object.keys(figureBuilders)))
})
