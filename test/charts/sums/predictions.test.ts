import { expect, test } from 'vitest'
import type { Rect } from '../../../src/charts/drawing/drawing'
import { predictionBars } from '../../../src/charts/sums/prediction-bars'
import { predictionNote, predictionsDrawing, predictionsTable } from '../../../src/charts/sums/predictions'
import type { PredictionsInput } from '../../../src/charts/sums/predictions-input'
import { tensor } from '../../../src/core/tensor'
import { tokens } from '../../../src/charts/drawing/tokens'
import { figureNamed } from '../../../src/charts/figure-named'
import { publishedLayout } from '../../../src/core/task-layout'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display, predictedRun, row } from '../../support/small-run'

const clean = predictedRun([row({ 4: 0.75, 5: 0.25 }), row({ 7: 1 })])
const now = predictedRun([row({ 2: 0.5, 4: 0.25, 3: 0.25 }), row({ 7: 0.5, 8: 0.25, 9: 0.25 })])
const ordinary: PredictionsInput = { clean, now, intervened: true, truth: [4, 7], focus: 1, scale: 'p' }
const nothing = predictedRun([row({}), row({})])
const missing = predictedRun([row({}).fill(Number.NaN), row({}).fill(Number.NaN)])

test.each([
  ['predictions-ordinary', ordinary],
  ['predictions-clean-only', { ...ordinary, now: clean, intervened: false }],
  ['predictions-log', { ...ordinary, scale: 'logp' }],
  ['predictions-difference', { ...ordinary, scale: 'delta' }],
  ['predictions-all-zero', { ...ordinary, clean: nothing, now: nothing }],
  ['predictions-missing', { ...ordinary, clean: missing, now: missing }],
  [
    'predictions-one-digit',
    { ...ordinary, clean: predictedRun([row({ 4: 1 })]), now: predictedRun([row({ 2: 1 })]), truth: [4], focus: null },
  ],
] satisfies [string, PredictionsInput][])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(predictionsDrawing(input, display)))
})

test('a bar is as long as its probability, outlined for clean and solid for intervened', () => {
  const { marks } = predictionsDrawing(ordinary, display)
  const bars = marks.filter((mark): mark is Rect => mark.kind === 'rect')
  const { solid, ink2, badfill } = tokens.light
  const widths = (test: (bar: Rect) => boolean) => bars.filter(test).map((bar) => bar.width)
  const whole = Math.max(...widths((bar) => bar.stroke === ink2))
  expect(widths((bar) => bar.stroke === ink2).map((width) => Number((width / whole).toFixed(9)))).toEqual([
    0.75, 0.25, 1,
  ])
  expect(widths((bar) => bar.fill === solid).map((width) => Number((width / whole).toFixed(9)))).toEqual([
    0.25, 0.25, 0.5, 0.25, 0.25,
  ])
  expect(widths((bar) => bar.fill === badfill).map((width) => Number((width / whole).toFixed(9)))).toEqual([0.5])
})

test('bars begin at 0.004 and figures at 0.01, with three decimals', () => {
  const few = predictedRun([row({ 0: 0.995, 1: 0.0039, 2: 0.004, 3: 0.0099, 4: 0.01 })])
  const bars = predictionBars({ ...ordinary, clean: few, now: few, truth: [0] })
  expect(bars.map((bar) => bar.solid !== null)).toEqual(
    [0, 2, 3, 4].reduce<boolean[]>((all, at) => all.with(at, true), new Array<boolean>(10).fill(false)),
  )
  expect(bars.flatMap((bar) => bar.label?.text ?? [])).toEqual(['0.995', '0.010'])
})

test('`+` and `=` get rows only where one of them passes 0.01', () => {
  const sign = (value: number) => predictedRun([row({ 0: 1 - value, 11: value })])
  const tokensShown = (value: number) => predictionBars({ ...ordinary, clean, now: sign(value), truth: [0] }).length
  expect([tokensShown(0.0099), tokensShown(0.01)]).toEqual([10, 12])
})

test('every datum knows its digit, token and both probabilities', () => {
  const { targets } = predictionsDrawing(ordinary, display)
  expect(targets).toHaveLength(20)
  expect(targets[2]!.datum).toMatchObject({ digit: 0, token: 2, clean: 0, now: 0.5, wrong: true })
  expect(predictionNote(targets[4]!.datum, true).lines).toContainEqual({ label: 'Δ', value: '−0.5000' })
})

test('columns stand under the answer table: gutter 76, then equal widths', () => {
  const four = Array.from({ length: 4 }, () => row({ 0: 1 }))
  const run = predictedRun(four)
  const input = { ...ordinary, clean: run, now: run, truth: [0, 0, 0, 0], focus: null }
  const { marks } = predictionsDrawing(input, { ...display, width: 530, height: 202 })
  const solid = marks.filter((mark): mark is Rect => mark.kind === 'rect' && mark.fill === tokens.light.solid)
  // The panel's left edge is at 472 and its border 1 px wide; the table's columns begin at 560, 668, 776 and 884.
  expect(solid.map((bar) => bar.x + 473)).toEqual([560, 668, 776, 884])
})

test('the table holds what is drawn', () => {
  const { rows, columns } = predictionsTable(ordinary)
  expect(columns).toHaveLength(9)
  expect(rows[2]).toEqual(['2', 0, 0.5, -Infinity, expect.closeTo(Math.log(0.5), 12), 0, 0, -Infinity, -Infinity])
  expect(rows[11]![0]).toBe('=')
})

test('a logarithm is finite where the probability, in single precision, is 0', () => {
  const [logits, probs] = [new Float32Array(12), new Float32Array(12)]
  logits.fill(-105, 1)
  logits.forEach((logit, token) => (probs[token] = Math.exp(logit)))
  expect(probs[1]).toBe(0)
  const run = {
    logits: tensor(['digit', 'vocab'], [1, 12], logits),
    probs: tensor(['digit', 'vocab'], [1, 12], probs),
    predicted: [0],
  }
  const input = {
    ...ordinary,
    clean: run,
    now: run,
    intervened: false,
    truth: [0],
    focus: null,
    scale: 'logp',
  } as const
  const bar = predictionBars(input).find(({ token }) => token === 1)!
  expect(bar.label!.text).toBe('−105.0')
  expect(predictionNote(bar, false).lines).toContainEqual({ label: 'ln p', value: '−105.00 nats' })
  expect(predictionNote(bar, true).lines).toContainEqual({ label: 'Δ ln p', value: '+0.00 nats' })
  const { columns, rows } = predictionsTable(input)
  expect(rows[1]![columns.indexOf('ln p(C0) clean')]).toBeCloseTo(-105, 6)
})

test('the figure holds a run against the clean one where that is known, on the scale that is wanted', () => {
  const asked = {
    sum: { a: 23, b: 24 },
    interventions: [{ site: 'z', layer: 0, head: 0, positions: 'all', mode: 'mean' }],
  } as const
  const show = (result: typeof now, around = {}) =>
    figureNamed('predictions').show({
      result: { logits: result.logits, probs: result.probs },
      params: asked,
      part: '',
      layout: publishedLayout(2),
      focus: 1,
      ...around,
    })
  const beside = { clean: { logits: clean.logits, probs: clean.probs } }
  const drawn = (input: PredictionsInput) => predictionsDrawing(input, display).marks
  const of = ({ draw }: ReturnType<typeof show>) => (draw!(display) as ReturnType<typeof predictionsDrawing>).marks
  expect(of(show(now, beside))).toEqual(drawn(ordinary))
  expect(of(show(now, { ...beside, logs: true }))).toEqual(drawn({ ...ordinary, scale: 'logp' }))
  expect(of(show(now, { ...beside, delta: true }))).toEqual(drawn({ ...ordinary, scale: 'delta' }))
  expect(of(show(now))).toEqual(drawn({ ...ordinary, clean: now, intervened: false }))
  expect(show(now, beside).label).toMatch(/clean and intervened$/)
  expect(show(now, { ...beside, names: { clean: 'A', now: 'B' } }).table.columns[1]).toBe('p(C0) A')
  expect(show(now).table.columns[1]).toBe('p(C0) intervened')
  expect(show(now).act!(predictionBars(ordinary)[12])).toMatchObject({ focus: 1 })
})
