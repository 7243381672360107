import { columnAxis, gridIn, heading, rowAxis } from '../echarts/axes'
import { colorBar, colorBarText } from '../echarts/color-bar'
import { markSeries } from '../echarts/marks'
import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { hatching } from '../drawing/hatching'
import { decimalText, signedText } from '../drawing/number-text'
import { inkOn, signedColor, unitColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'

/** One number of a matrix whose rows and columns have names. */
export interface NamedCell {
  readonly row: string
  readonly column: string
  readonly value: number
}

/** What runs along a side of a matrix: `gaps` are the entries that a gap stands before. */
export interface NamedAxis {
  readonly title: string
  readonly names: readonly string[]
  readonly gaps?: readonly number[]
}

/** A matrix of shares, or of signed numbers, as cells. */
export interface NamedMatrixChart {
  readonly rows: NamedAxis
  readonly columns: NamedAxis
  /** Row by row. NaN is hatched. */
  readonly cells: readonly NamedCell[]
  /** The colours reach so far. */
  readonly limit: number
  /** Whether values may be negative: another palette, about 0. */
  readonly signed: boolean
  /** The cell that stands out, by its place among the cells. */
  readonly framed?: number
}

/** A character's advance as a share of the type size, generously. */
const advance = 0.62
/** Degrees by which columns' names are turned that have no room side by side. */
const turn = 35

export function namedMatrixChart(map: NamedMatrixChart, display: Display): Chart<NamedCell> {
  const { unit, label: size } = penOf(display)
  const { rows, columns, cells, limit, signed } = map
  const longest = Math.max(...rows.names.map((name) => name.length))
  const left = Math.ceil(longest * advance * (size + unit)) + 12 * unit
  const right = (signed ? 66 : 56) * unit
  const width = Math.max(display.width - left - right, columns.names.length)
  const widest = Math.max(...columns.names.map((name) => name.length)) * advance * (size + unit)
  const turned = widest > width / columns.names.length - 4 * unit ? turn : 0
  const top = 34 * unit + widest * Math.sin((turned * Math.PI) / 180)
  const box = { x: left, y: top, width, height: Math.max(display.height - top - 4 * unit, rows.names.length) }
  const bar = { x: display.width - right + 12 * unit, y: top, width: 8 * unit, height: box.height }
  const range = { limit, magnitudes: !signed }
  const boxes = cells.map((_, index) => cellBox(index, map, box))
  const targets = cells.map((datum, index) => ({ ...boxes[index]!, datum }))
  const columnNames = columns.names.map((text) => ({ text }))
  const marks = [...cellMarks(map, boxes, display), ...gaps(map, box, display), ...frame(map, boxes, display)]
  return chart(display, targets, {
    title: [heading('axes', `↓ ${rows.title}   → ${columns.title}`, Math.min(left, 8 * unit), 8 * unit, display)],
    grid: gridIn(box),
    xAxis: columnAxis({ names: columnNames, side: 'top', mono: true, margin: 5, turned }, display),
    yAxis: rowAxis({ names: rows.names.map((text) => ({ text })), mono: true }, display),
    visualMap: colorBar(bar, range, display),
    graphic: colorBarText(bar, range, display),
    series: [markSeries('cells', marks)],
  })
}

/** On whole pixels, where edges are sharp. */
function cellBox(index: number, { rows, columns }: NamedMatrixChart, box: Box): Box {
  const across = columns.names.length
  const [row, column] = [Math.floor(index / across), index % across]
  const x = Math.round(box.x + (column * box.width) / across)
  const y = Math.round(box.y + (row * box.height) / rows.names.length)
  const right = Math.round(box.x + ((column + 1) * box.width) / across)
  const bottom = Math.round(box.y + ((row + 1) * box.height) / rows.names.length)
  return { x, y, width: right - x, height: bottom - y }
}

function cellMarks(map: NamedMatrixChart, boxes: readonly Box[], display: Display): Mark[] {
  const { unit, line, text } = penOf(display)
  const { cells, limit, signed, framed } = map
  const decimals = fittingDecimals(map, (boxes[0]?.width ?? 0) - 6 * unit, (boxes[0]?.height ?? 0) - 3 * unit, display)
  return cells.flatMap(({ value }, index): Mark[] => {
    const box = inner(boxes[index]!, unit)
    const color = signed ? signedColor(value, limit, display) : unitColor(value / limit, display)
    if (color === null) return [hatching(box, display)]
    const figure = decimals === null ? '' : figureText(map, value, decimals)
    const look = { fill: inkOn(color), anchor: 'middle', ...(index === framed && { weight: 650 }) } as const
    return [
      { kind: 'rect', ...box, radius: 2 * unit, fill: color, stroke: line, strokeWidth: unit },
      ...(figure === '' ? [] : [text(box.x + box.width / 2, box.y + box.height / 2, figure, look)]),
    ]
  })
}

/** A cell without the hair that stands between it and the next. */
function inner({ x, y, width, height }: Box, unit: number): Box {
  return { x, y, width: width - 2 * unit, height: height - 2 * unit }
}

/** Two strokes, so that the frame stands out on light and dark cells alike. */
function frame({ framed }: NamedMatrixChart, boxes: readonly Box[], display: Display): Mark[] {
  const { unit, ink, panel } = penOf(display)
  const box = framed === undefined ? undefined : boxes[framed]
  if (!box) return []
  const stroke = (by: number, color: string, strokeWidth: number): Mark => {
    const { x, y, width, height } = inner(box, unit)
    const place = { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by }
    return { kind: 'rect', ...place, radius: 2 * unit, stroke: color, strokeWidth }
  }
  return [stroke(2 * unit, panel, unit), stroke(0.5 * unit, ink, 2 * unit)]
}

/** The ground shows between groups. */
function gaps({ rows, columns }: NamedMatrixChart, box: Box, display: Display): Mark[] {
  const { unit, panel } = penOf(display)
  const paths = [
    ...(rows.gaps ?? []).map((row) => {
      const y = Math.round(box.y + (row * box.height) / rows.names.length) - unit
      return [box.x, y, box.x + box.width, y]
    }),
    ...(columns.gaps ?? []).map((column) => {
      const x = Math.round(box.x + (column * box.width) / columns.names.length) - unit
      return [x, box.y, x, box.y + box.height]
    }),
  ]
  return paths.length === 0 ? [] : [{ kind: 'lines', paths, stroke: panel, strokeWidth: 6 * unit }]
}

/** What is as good as nothing says nothing, so that what is something stands out. */
function figureText({ signed, limit }: NamedMatrixChart, value: number, decimals: number): string {
  if (!signed) return value < 0.005 * limit ? '' : decimalText(value, decimals)
  const text = signedText(value, decimals)
  return Number(text.slice(1)) === 0 ? '' : text
}

/** So many decimals that every figure fits into a cell; null where none does. */
function fittingDecimals(map: NamedMatrixChart, width: number, height: number, display: Display): number | null {
  const { label } = penOf(display)
  if (height < label) return null
  const characters = width / (advance * label)
  for (let decimals = map.limit >= 100 ? 0 : map.limit >= 10 ? 1 : 2; decimals >= (map.limit > 1 ? 0 : 1); decimals--)
    if (map.cells.every(({ value }) => figureText(map, value, decimals).length <= characters)) return decimals
  return null
}
