import type { Tensor } from '../../core/tensor'
import type { PredictionScale, PredictionsInput } from './predictions-input'
import { cross, drawing, pointer, type Drawing, type Mark, type Target } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { decimalText, signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { logProbs, predictionBars, type PredictionBar } from './prediction-bars'
import { mix } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { usualNames } from '../drawing/run-names'
import type { Table } from '../drawing/table'

/** One bar: answer digit and token, with both runs' values on the chosen scale. */
export type PredictionDatum = PredictionBar

const gutter = 76
const inset = 11
const barReach = 52
const columnShare = 108

export function predictionsDrawing(input: PredictionsInput, display: Display): Drawing<PredictionDatum> {
  const { unit } = penOf(display)
  const bars = predictionBars(input)
  const tokens = [...new Set(bars.map((bar) => bar.token))]
  const columns = input.truth.length
  const columnWidth = (display.width - (2 * inset + gutter) * unit) / columns
  const layout: Layout = {
    display,
    columnWidth,
    left: (column) => (inset + gutter) * unit + column * columnWidth,
    middle: (row) => 4 * unit + (row + 0.5) * rowHeight,
    reach: (barReach * columnWidth) / columnShare,
    bottom: display.height - 20 * unit,
  }
  const rowHeight = (layout.bottom - 4 * unit - 2 * unit) / tokens.length
  const marks = [
    ...band(input, layout),
    ...gutterMarks(tokens, input, layout),
    ...input.truth.flatMap((_, column) => axis(column, input, layout)),
    ...bars.flatMap((bar) => barMarks(bar, tokens.indexOf(bar.token), rowHeight, input, layout)),
  ]
  const targets: Target<PredictionDatum>[] = bars.map((datum) => ({
    x: layout.left(datum.digit) - 10 * unit,
    y: layout.middle(tokens.indexOf(datum.token)) - rowHeight / 2,
    width: columnWidth - 4 * unit,
    height: rowHeight,
    datum,
  }))
  return drawing(display, marks, targets)
}

interface Layout {
  readonly display: Display
  readonly columnWidth: number
  /** Where the bars of a column begin. */
  readonly left: (column: number) => number
  readonly middle: (row: number) => number
  /** How long the axis is. */
  readonly reach: number
  readonly bottom: number
}

function band({ focus }: PredictionsInput, { display, left, columnWidth }: Layout): Mark[] {
  if (focus === null) return []
  const { unit, panel, accbg } = penOf(display)
  const fill = mix(panel, accbg, 0.6)
  const box = { x: left(focus) - 10 * unit, y: 0, width: columnWidth - 4 * unit, height: display.height }
  return [{ kind: 'rect', ...box, fill }]
}

function gutterMarks(tokens: readonly number[], input: PredictionsInput, { display, middle }: Layout): Mark[] {
  const { unit, ink, ink3, bad, text } = penOf(display)
  const at = (x: number) => (inset + x) * unit
  const anyWrong = input.truth.some((digit, column) => input.now.predicted[column] !== digit)
  const wrong = [cross(at(4), middle(2), 3 * unit, bad, 1.5 * unit), text(at(12), middle(2), 'wrong', { fill: bad })]
  return [
    ...tokens.map((token, row) => text(at(62), middle(row), tokenText(token), { font: 'mono', anchor: 'end' })),
    text(at(1), middle(0), 'digit', { fill: ink3 }),
    pointer(at(4), middle(1), 3 * unit, ink),
    text(at(10), middle(1), 'truth'),
    ...(anyWrong ? wrong : []),
  ]
}

function axis(column: number, { scale }: PredictionsInput, layout: Layout): Mark[] {
  const { display, left, reach, bottom } = layout
  const { unit, ctl, line, ink3, text, rule } = penOf(display)
  const upright = (x: number, stroke: string) => rule([x, 4 * unit], [x, bottom - 2 * unit], stroke)
  const caption = (x: number, words: string) => text(x, bottom + 8 * unit, words, { fill: ink3, anchor: 'middle' })
  const start = left(column) + unit / 2
  const [from, name, to] = axisTexts[scale]
  const zero = scale === 'delta' ? start + reach / 2 : start
  return [
    ...[start, start + reach].map((x) => upright(x, line)),
    upright(zero, ctl),
    caption(start, from),
    caption(start + reach / 2, scale === 'p' ? (reach < 50 * unit ? `C${column}` : `${name}(C${column})`) : name),
    caption(start + reach, to),
  ]
}

const axisTexts: Readonly<Record<PredictionScale, readonly [string, string, string]>> = {
  p: ['0', 'p', '1'],
  logp: ['−10', 'ln p', '0'],
  delta: ['−1', 'Δp', '1'],
}

function barMarks(
  bar: PredictionBar,
  row: number,
  rowHeight: number,
  { intervened, truth, scale }: PredictionsInput,
  { display, left, middle, reach }: Layout,
): Mark[] {
  const { unit, ink, ink2, ink3, solid, bad, badfill, onbad, text } = penOf(display)
  const start = left(bar.digit)
  const y = middle(row)
  const thickness = Math.min(12 * unit, rowHeight * 0.68)
  const marks: Mark[] = []
  if (truth[bar.digit] === bar.token) marks.push(pointer(start - 8 * unit, y, 3 * unit, ink))
  if (bar.solid) {
    const { x, width } = span(bar.solid, start, reach)
    const fill = bar.wrong ? badfill : solid
    marks.push({ kind: 'rect', x, y: y - thickness / 2, width: Math.max(width, unit), height: thickness, fill })
  }
  if (bar.outline) {
    const { x, width } = span(bar.outline, start, reach)
    const box = { x, y: y - thickness / 2 - 0.5 * unit, width: Math.max(width, unit), height: thickness + unit }
    const stroke = bar.wrong && !intervened ? bad : ink2
    marks.push({ kind: 'rect', ...box, stroke, strokeWidth: 1.5 * unit })
  }
  if (bar.wrong && scale !== 'delta')
    marks.push(cross(start + 10 * unit, y, 3 * unit, bar.solid ? onbad : bad, 1.5 * unit))
  if (bar.label) {
    const end = Math.max(bar.solid?.[1] ?? 0, bar.outline?.[1] ?? 0)
    const fill = bar.wrong ? bad : bar.label.bold ? ink : ink3
    const weight = bar.label.bold ? 650 : 400
    marks.push(text(start + end * reach + 5 * unit, y, bar.label.text, { fill, weight }))
  }
  return marks
}

function span([from, to]: readonly [number, number], start: number, reach: number) {
  return { x: start + from * reach, width: (to - from) * reach }
}

/** A vocabulary entry as it is written in a sum. */
export function tokenText(token: number): string {
  return token < 10 ? String(token) : token === 10 ? '+' : '='
}

export function predictionNote(datum: PredictionDatum, intervened: boolean): Note {
  const { digit, token, clean, now, cleanLog, nowLog, wrong } = datum
  const subject = `C${digit} → ${tokenText(token)}${wrong ? ', wrong' : ''}`
  const cleanLine = { label: 'clean', value: decimalText(clean, 4) }
  if (!intervened) return { subject, lines: [cleanLine, { label: 'ln p', value: `${decimalText(cleanLog, 2)} nats` }] }
  const lines = [
    cleanLine,
    { label: 'intervened', value: decimalText(now, 4) },
    { label: 'Δ', value: signedText(now - clean, 4) },
    { label: 'Δ ln p', value: `${signedText(nowLog - cleanLog, 2)} nats` },
  ]
  return { subject, lines }
}

export function predictionsTable(input: PredictionsInput): Table {
  const tokens = Array.from({ length: input.clean.probs.shape[1]! }, (_, token) => token)
  const names = input.names ?? usualNames
  const runs = [
    { name: names.clean, probs: input.clean.probs, logs: logProbs(input.clean) },
    { name: names.now, probs: input.now.probs, logs: logProbs(input.now) },
  ].slice(0, input.intervened ? 2 : 1)
  const columns = input.truth.flatMap((_, digit) =>
    ['p', 'ln p'].flatMap((quantity) => runs.map(({ name }) => `${quantity}(C${digit}) ${name}`)),
  )
  const units = input.truth.flatMap(() => ['probability', 'nats'].flatMap((unit) => runs.map(() => unit)))
  const rows = tokens.map((token) => [
    tokenText(token),
    ...input.truth.flatMap((_, digit) => [
      ...runs.map(({ probs }) => at(probs, digit, token)),
      ...runs.map(({ logs }) => logs[digit]![token]!),
    ]),
  ])
  const caption = 'Probability of each token at each answer digit'
  return { caption, columns: ['token', ...columns], units: ['', ...units], rows }
}

function at({ data, shape }: Tensor<readonly ['digit', 'vocab']>, digit: number, token: number): number {
  return data[digit * shape[1]! + token]!
}
