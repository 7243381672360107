import { expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { chosenIn, figuresOf, partsOf, sharesSubject } from '../../src/charts/figure'
import { paramsOf } from '../../src/charts/figure-params'
import { figures } from '../../src/charts/registry'
import { randomModel, smallConfig } from '../support/random-model'
import { display } from '../support/small-run'

/** What the data show, in plain words: whole sentences, no value that is none, no plural of one, and no more than is read. */
function expectSentence(finding: string): void {
  expect(finding).toMatch(/^\S.*\.$/)
  expect(finding).not.toMatch(/NaN|undefined|null|Infinity|-\d|\b1 (?:sums|heads|digits|parts|classes|dimensions)\b/)
  // "After layer 1 80.9 %" is read as one number.
  expect(finding).not.toMatch(/\d\s\d[\d.]*\s%/)
  expect(finding.length).toBeLessThan(330)
}

const state = { sum: { a: 12, b: 34 }, dataset: { size: 12, seed: 1 }, subset: 'all' }
const configs = {
  '2 layers of 2 heads': smallConfig({ n_heads: 2, numDigits: 2 }),
  '3 layers of 4 heads': smallConfig({ n_layers: 3, n_heads: 4, numDigits: 3 }),
}

test.each(
  Object.entries(configs).flatMap(([name, config]) =>
    figuresOf(figures, config).map((figure) => ({ figure, name, config })),
  ),
)('every part of "$figure.id" of a real run of $name can be drawn, read and pointed at', async ({ figure, config }) => {
  const analysis = analysisNamed(figure.analysis)
  expect(figure.about).toBe(analysis.about)
  const definitions = figure.definition.published === undefined ? [false] : [false, true]
  for (const published of definitions) {
    const params = paramsOf(figure, state, published)!
    const result = await analysis.run({ model: randomModel(config), progress: () => undefined }, params)
    const parts = partsOf(figure, result)
    expect(parts.length).toBeGreaterThan(0)
    expect(new Set(parts).size).toBe(parts.length)
    for (const part of parts) {
      const shown = figure.show({ result, params, part, layout: config.layout })
      expect(shown.table.rows.length).toBeGreaterThan(0)
      expectSentence(shown.finding)
      for (const row of shown.table.rows) expect(row).toHaveLength(shown.table.columns.length)
      const picture = shown.draw?.(display)
      const targets = picture?.targets ?? []
      if (shown.draw) expect(targets.length).toBeGreaterThan(0)
      // By these the window tells what changed.
      const ids = picture && 'option' in picture ? [picture.option.series ?? []].flat().map(({ id }) => id) : []
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).not.toContain(undefined)
      for (const { datum } of targets) {
        expect(shown.note(datum).subject).not.toBe('')
        for (const { layer, head } of shown.act?.(datum)?.interventions ?? []) {
          expect(layer).toBeLessThan(config.n_layers)
          expect(head).toBeLessThan(config.n_heads)
        }
      }
    }
  }
})

test('no two figures share an id', () => {
  expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length)
})

test('a figure of a sum has no parameters without one, and only published figures take the notebook’s definition', () => {
  const byId = (id: string) => figures.find((figure) => figure.id === id)!
  expect(paramsOf(byId('dla'), { ...state, sum: undefined as never }, false)).toBeNull()
  expect(paramsOf(byId('dla'), state, true)).toMatchObject({ definition: 'notebook', sum: state.sum })
  expect(paramsOf(byId('predictions'), state, true)).not.toHaveProperty('definition')
  expect(paramsOf(byId('carries'), state, false)).toEqual({ dataset: state.dataset, subset: 'all' })
})

test('a choice adds to the question; one that a figure does not have leaves its usual one', () => {
  const figure = figures.find(({ id }) => id === 'position-ablation')!
  expect(paramsOf(figure, state, false)).toMatchObject({ mode: 'mean', side: 'write' })
  expect(paramsOf(figure, state, false, { mode: 'zero', side: 'neither' })).toMatchObject({
    mode: 'zero',
    side: 'write',
  })
  expect(chosenIn(figure, { side: 'read', order: 'C1' })).toEqual({ mode: 'mean', side: 'read', order: 'C1' })
})

test('a figure of a subset of its own is about that, whatever subset is chosen', () => {
  const figure = figures.find(({ id }) => id === 'qkv-ablation-carries')!
  expect(paramsOf(figure, { ...state, subset: 'P*' }, false)).toMatchObject({ subset: 'carries' })
})

test.each(figures.flatMap(({ id, choices = [] }) => choices.map((choice) => ({ id, choice }))))(
  'the options of "$choice.kind" of "$id" differ',
  ({ choice }) => {
    expect(new Set(choice.options.map(({ name }) => name)).size).toBe(choice.options.length)
  },
)

test('data share a subject where all that both name is the same', () => {
  expect(sharesSubject({ digit: '3', dimension: '37' }, { digit: '3' })).toBe(true)
  expect(sharesSubject({ digit: '3', dimension: '37' }, { digit: '3', dimension: '2' })).toBe(false)
  expect(sharesSubject({ digit: '3' }, { dimension: '3' })).toBe(false)
})
