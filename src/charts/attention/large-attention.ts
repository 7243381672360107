import { groupBoundaries, positionLabels } from '../../core/positions'
import { attentionCells, type AttentionDatum, type AttentionInput } from './attention'
import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark, Target } from '../drawing/drawing'
import { hatching } from '../drawing/hatching'
import { inkOn, unitColor } from '../drawing/palette'
import { penOf, type Pen } from '../drawing/pen'
import { columnAxis, gridIn, rowAxis } from '../echarts/axes'
import { markSeries } from '../echarts/marks'

/** Below this a cell has no figure, above `nearlyOne` a plain 1. */
const leastFigure = 0.05
const nearlyOne = 0.995

/** A figure's width and height, as shares of the type size, with what keeps it off its neighbours. */
const figureWidth = 2
const figureHeight = 1.1

/** The attention of one head, and the query that is looked from, whose row stands out. */
export interface LargeAttentionInput extends AttentionInput {
  readonly query: number
}

/** One head's attention over the whole of its place, with the figures in the cells: what `attentionDrawing` shows in the small. */
export function largeAttentionChart(input: LargeAttentionInput, display: Display): Chart<AttentionDatum> {
  const pen = penOf(display)
  const { unit } = pen
  const labels = positionLabels(input.layout)
  const names = labels.map((text) => ({ text }))
  const rows = labels.map((text, query) => ({ text, look: query === input.query ? ('accent' as const) : undefined }))
  const [x, y] = [30 * unit, 18 * unit]
  const box = {
    x,
    y,
    width: Math.max(display.width - x - 2 * unit, labels.length),
    height: Math.max(display.height - y - 4 * unit, labels.length),
  }
  const [width, height] = [box.width / labels.length, box.height / labels.length]
  const targets = attentionCells(input).map((datum) => ({
    x: x + labels.indexOf(datum.key) * width,
    y: y + labels.indexOf(datum.query) * height,
    width,
    height,
    datum,
  }))
  const masked = labels.slice(1).map((_, query) => {
    const left = x + (query + 1) * width
    return hatching({ x: left, y: y + query * height, width: x + box.width - left, height }, display)
  })
  const row = { x, y: y + input.query * height, width: (input.query + 1) * width, height }
  const frame: Mark = { kind: 'rect', ...row, stroke: pen.acc, strokeWidth: 1.5 * unit }
  const cells = targets.flatMap((cell) => cellMarks(cell, unitColor(cell.datum.attention, display)!, pen))
  return chart(display, targets, {
    grid: gridIn(box),
    xAxis: columnAxis({ names, side: 'top', mono: true, margin: 3 }, display),
    yAxis: rowAxis({ names: rows, mono: true, margin: 6 }, display),
    series: [markSeries('cells', [...masked, ...cells, rules(box, input, pen), frame])],
  })
}

function cellMarks({ x, y, width, height, datum }: Target<AttentionDatum>, fill: string, pen: Pen): Mark[] {
  const { label: size } = pen
  const ground: Mark = { kind: 'rect', x, y, width, height, fill }
  const fits = width >= figureWidth * size && height >= figureHeight * size
  if (datum.attention < leastFigure || !fits) return [ground]
  const figure = datum.attention >= nearlyOne ? '1' : datum.attention.toFixed(2).slice(1)
  return [ground, pen.text(x + width / 2, y + height / 2, figure, { fill: inkOn(fill), anchor: 'middle' })]
}

/** Gaps before `+`, B, `=` and C in both directions, up to the diagonal. */
function rules({ x, y, width, height }: Box, { layout }: AttentionInput, { panel, unit }: Pen): Mark {
  const length = positionLabels(layout).length
  const [column, row] = [width / length, height / length]
  const paths = groupBoundaries(layout).flatMap((at) => [
    [x + at * column, y + at * row, x + at * column, y + height],
    [x, y + at * row, x + at * column, y + at * row],
  ])
  return { kind: 'lines', paths, stroke: panel, strokeWidth: unit }
}
