import { expect, test } from 'vitest'
import { analysisNamed } from '../../../src/analyses/analysis-named'
import type { AnalysisParams } from '../../../src/analyses/registry'
import { figuresOf, partsOf, type ShownFigure } from '../../../src/charts/figure'
import { paramsOf } from '../../../src/charts/figure-params'
import { figures } from '../../../src/charts/registry'
import { publishedLayout } from '../../../src/core/task-layout'
import type { Model } from '../../../src/model/model'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference, publishedModel, readReference } from '../../support/reference-data'
import { dataIn, runAnalysis, tensorIn } from '../../support/run-analysis'

const figureNamed = (id: string) => figures.find((figure) => figure.id === id)!
const around = { layout: publishedLayout(4) }
const state = { sum: { a: 2968, b: 1606 }, dataset: { size: 12, seed: 1 } }

/** A figure as it is first shown for a model. */
async function shown(id: string, model: Model, published = false, part?: string): Promise<ShownFigure> {
  const figure = figureNamed(id)
  const params = paramsOf(figure, state, published)!
  const result = await runAnalysis(analysisNamed(figure.analysis), model, params)
  return figure.show({
    result,
    params,
    part: part ?? figure.parts?.first?.(result) ?? partsOf(figure, result)[0]!,
    ...around,
  })
}

/** The rows of a table that begin with one of some names, without the names. */
const rowsOf = ({ table }: ShownFigure, names: readonly string[]) =>
  names.map((name) => table.rows.find((row) => row[0] === name)!.slice(1))

test('without a row that stands out, the sentence says so and the longest rows are shown', async () => {
  const model = randomModel()
  const { finding, table } = await shown('unembedding', model)
  expect(table.rows.map((row) => row.at(-1))).toEqual(table.rows.map(() => 'no'))
  expect(finding).toMatch(
    /^No row stands out: the longest, \d+, has [1-4]\.\d times the median length, and 5 would count\.$/,
  )
  expect((await shown('unembedding-fft', model)).table.rows).toHaveLength(8)
})

test('a row made long stands out, whichever it is', async () => {
  const model = randomModel()
  const W_U = model.weights.get('unembed.W_U')!
  for (let output = 0; output < 12; output++) W_U.data[7 * 12 + output]! *= 1000
  const { finding } = await shown('unembedding', model)
  expect(finding).toMatch(/^1 of 12 dimensions do the reading: 7 hold 100\.00 % of W_U\.$/)
  expect((await shown('unembedding-arrows', model)).table.rows.map(([row]) => row)).toEqual(['7'])
})

test('the OV figures show any pair of heads, as the analysis has it, and ask for single digits only', async () => {
  const model = randomModel(smallConfig({ n_layers: 3, n_heads: 4, numDigits: 3 }))
  const figure = figureNamed('ov-summed')
  const asked = await runAnalysis(analysisNamed('ov-circuit'), model, paramsOf(figure, state, false)!)
  expect(Object.keys(asked).every((name) => name.startsWith('embeddings'))).toBe(true)
  const whole = await runAnalysis(analysisNamed('ov-circuit'), model)
  const pairs = partsOf(figure, asked)
  expect(pairs).toHaveLength(16)
  expect(pairs[7]).toBe('H0.1 → H2.3')
  const size = 1000
  const { table } = figure.show({ result: asked, params: {}, part: 'H0.1 → H2.3', ...around })
  table.rows
    .flatMap((row) => row.slice(1, 11))
    .forEach((value, index) => {
      expect(value).toBeCloseTo(tensorIn(whole, 'summed').data[7 * size + index]!, 10)
    })
  table.rows.forEach((row, index) => {
    expect(row[11]).toBeCloseTo(tensorIn(whole, 'summedFftMagnitude').data[7 * 600 + 6 * index + 1]!, 10)
  })
})

test('a tensor that the OV circuit does not have is refused with those that it has', async () => {
  await expect(runAnalysis(analysisNamed('ov-circuit'), randomModel(), { tensors: ['W_U'] })).rejects.toThrow(
    /no tensor "W_U": choose among embeddings, embeddingsFftMagnitude, /,
  )
})

test('a model of one layer has no figure of two layers', () => {
  const ids = figuresOf(figures, { n_layers: 1, n_heads: 3 }).map(({ id }) => id)
  expect(figures.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([
    'layer-qk',
    'ov-pairs',
    'ov-embeddings',
    'ov-summed',
  ])
})

test('the arrows of an attribution add up to the prediction, and as published they are the last layer’s heads', async () => {
  const corrected = await shown('fourier-dla', randomModel())
  expect(corrected.closure!.residual).toBeLessThan(1e-9)
  const published = await shown('fourier-dla', randomModel(), true)
  expect(published.closure!.residual).toBeGreaterThan(1e-3)
  const parts = published.table.rows.filter(([digit]) => digit === 'C0').map(([, part]) => part)
  expect(parts).toEqual(['H1.0', 'H1.1', 'H1.2', 'prediction', 'right digit'])
})

test('processed weights are told to be centred, and raw ones by name not to be', async () => {
  expect((await shown('zero-means', randomModel())).finding).toMatch(/^Not centred: W_U over d_model, /)
})

interface Figure {
  readonly traces: readonly { x: number[]; y: string[]; z: number[][]; r: number[]; theta: number[] }[]
}

test.skipIf(!hasReference)(`the published model’s figures 10, 22 and 33 (${needsReference})`, async () => {
  const model = publishedModel()
  const saved = (name: string) => (readReference(`notebook/${name}.json`) as Figure).traces[0]!
  const dimensions = saved('cell10_fig0').y.map((name) => name.replace('dim_', ''))
  const whole = await shown('unembedding', model)
  expect(whole.table.rows.filter((row) => row.at(-1) === 'yes').map(([row]) => row)).toEqual(dimensions)
  expect(whole.finding).toContain(`: ${dimensions.join(', ')} hold 98.4 % of W_U.`)
  const close = (found: readonly (string | number)[][], wanted: readonly number[][]) =>
    wanted.forEach((row, index) => row.forEach((value, column) => expect(found[index]![column]).toBeCloseTo(value, 4)))
  close(rowsOf(await shown('unembedding-fft', model), dimensions), saved('cell10_fig0').z)
  const pair = await shown('ov-embeddings', model, false, 'H0.1 → H1.1')
  close(rowsOf(pair, '0123456789'.split('')), saved('cell33_fig4').z)
  expect((await shown('zero-means', model)).finding).toMatch(/^All 10 are 0 but for rounding/)
})

test.skipIf(!hasReference)(`the order in which the carry is looked for (${needsReference})`, async () => {
  const figure = figureNamed('qk-full')
  const params: AnalysisParams = { dataset: { size: 20, seed: 42 } }
  const result = await runAnalysis(analysisNamed('qk-circuit'), publishedModel(), params)
  const { finding } = figure.show({ result, params, part: 'H0.0', ...around })
  expect(finding).toBe(
    'Query C1 · p11 (predicts C2) tells digits apart the most, and looks for them in the order 0 9 1 8 2 7 3 6 4 5.',
  )
  expect(dataIn(result, 'full')).toHaveLength(3 * 14 * 26)
})
