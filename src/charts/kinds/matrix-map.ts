import { namedEntries, spreadOut } from '../drawing/axis-names'
import { cellMarks } from './cells'
import type { Display } from '../drawing/display'
import { drawing, type Box, type Drawing, type Mark } from '../drawing/drawing'
import { scaleMarks } from './scale-marks'
import { decimalText, signedText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'

/**
 * A matrix of signed numbers as colours: rows down, columns across, symmetric about 0. However many rows there are, names
 * stay legible: every second, fifth or tenth entry is named, and always those that are marked. A missing value is hatched.
 */
export interface MatrixMap<Datum> {
  readonly rows: Axis
  readonly columns: Axis
  /** Row by row. */
  readonly cells: readonly MatrixMapCell<Datum>[]
  /** The colours reach from -limit to limit. */
  readonly limit: number
  /** Numbers in the cells, where they fit: with their sign always, or as magnitudes. Absent: none. */
  readonly figures?: 'signed' | 'plain'
  /** Whether the scale begins at 0: no value is negative. */
  readonly magnitudes?: boolean
  /** The cell that is framed, by its place among the cells. */
  readonly chosen?: number
}

/** One number and what it is. */
export interface MatrixMapCell<Datum> {
  readonly value: number
  readonly datum: Datum
}

export interface Axis {
  /** What runs along it: `d_model`, `output digit`. */
  readonly title: string
  readonly names: readonly string[]
  /** The entries that are named in the accent colour; rows are framed too. */
  readonly marked?: readonly number[]
  /** The entries that a gap stands before. */
  readonly gaps?: readonly number[]
}

/** Where the cells stand. */
export interface MatrixBox {
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  readonly cellHeight: number
}

/** A character's advance as a share of the type size, generously. */
const advance = 0.62

export function matrixMapDrawing<Datum>(map: MatrixMap<Datum>, display: Display): Drawing<Datum> {
  const { unit } = penOf(display)
  const box = matrixBox(map, display)
  const { top, cellWidth, cellHeight } = box
  const across = map.columns.names.length
  const decimals = map.figures && cellHeight >= 13 * unit ? fittingDecimals(map, cellWidth - 6 * unit, display) : null
  const cells = map.cells.map(({ value }, index) => {
    const edges = cellEdges(index, across, box)
    const [width, height] = [edges.right - edges.x, edges.bottom - edges.y]
    return {
      x: edges.x,
      y: edges.y,
      // Cells stand a hair apart, unless they are so small that they would be mostly gaps.
      width: width + (cellWidth < 8 * unit ? unit : 0),
      height: height + (cellHeight < 8 * unit ? unit : 0),
      value,
      text: decimals === null ? '' : figureText(map, value, decimals),
    }
  })
  const scale = { x: display.width - 44 * unit, y: top, width: 8 * unit, height: map.rows.names.length * cellHeight }
  return drawing(
    display,
    [
      ...titleMarks(map, box, display),
      ...rowNames(map.rows, box, display),
      ...columnNames(map.columns, box, display),
      ...cellMarks(cells, map.limit, display).filter((mark) => mark.kind !== 'text' || mark.text !== ''),
      ...gapMarks(map, box, display),
      ...frames(map, box, display),
      ...scaleMarks(scale, map.limit, display, map.magnitudes ? 0 : -map.limit),
    ],
    map.cells.map(({ datum }, index) => {
      const { x, y, right, bottom } = cellEdges(index, across, box)
      return { x, y, width: right - x, height: bottom - y, datum }
    }),
  )
}

/** The edges of a cell, on whole pixels, where they are sharp. */
function cellEdges(index: number, across: number, { left, top, cellWidth, cellHeight }: MatrixBox) {
  const [row, column] = [Math.floor(index / across), index % across]
  return {
    x: Math.round(left + column * cellWidth),
    right: Math.round(left + (column + 1) * cellWidth),
    y: Math.round(top + row * cellHeight),
    bottom: Math.round(top + (row + 1) * cellHeight),
  }
}

/** The place of the cells within a display, with names to the left and above and the scale to the right. */
export function matrixBox<Datum>({ rows, columns }: MatrixMap<Datum>, display: Display): MatrixBox {
  const { unit, label } = penOf(display)
  const longest = Math.max(...rows.names.map((name) => name.length), 1)
  const left = Math.ceil(longest * advance * label) + 10 * unit
  const top = 32 * unit
  return {
    left,
    top,
    cellWidth: Math.max((display.width - left - 56 * unit) / columns.names.length, 1),
    cellHeight: Math.max((display.height - top - 4 * unit) / rows.names.length, 1),
  }
}

function titleMarks<Datum>({ rows, columns }: MatrixMap<Datum>, { left }: MatrixBox, display: Display): Mark[] {
  const { unit, ink3, text } = penOf(display)
  return [text(Math.min(left, 8 * unit), 8 * unit, `↓ ${rows.title}   → ${columns.title}`, { fill: ink3 })]
}

function rowNames({ names, marked = [] }: Axis, { left, top, cellHeight }: MatrixBox, display: Display): Mark[] {
  const { unit, label, acc, text } = penOf(display)
  const named = namedEntries(names.length, cellHeight, label, marked)
  const middles = named.map((row) => top + (row + 0.5) * cellHeight)
  const places = spreadOut(middles, label, top + names.length * cellHeight - label / 2)
  return named.map((row, index) => {
    const look = { font: 'mono', anchor: 'end', ...(marked.includes(row) && { fill: acc, weight: 700 }) } as const
    return text(left - 6 * unit, places[index]!, names[row]!, look)
  })
}

function columnNames({ names, marked = [] }: Axis, { left, top, cellWidth }: MatrixBox, display: Display): Mark[] {
  const { unit, label, acc, text } = penOf(display)
  const room = (Math.max(...names.map((name) => name.length), 1) * advance + 0.4) * label
  return namedEntries(names.length, cellWidth, room, marked).map((column) => {
    const look = { font: 'mono', anchor: 'middle', ...(marked.includes(column) && { fill: acc, weight: 700 }) } as const
    return text(left + (column + 0.5) * cellWidth, top - 8 * unit, names[column]!, look)
  })
}

/** The ground shows between groups. */
function gapMarks<Datum>(
  { rows, columns }: MatrixMap<Datum>,
  { left, top, cellWidth, cellHeight }: MatrixBox,
  display: Display,
): Mark[] {
  const [right, bottom] = [left + columns.names.length * cellWidth, top + rows.names.length * cellHeight]
  const paths = [
    ...(rows.gaps ?? []).map((row) => [left, top + row * cellHeight, right, top + row * cellHeight]),
    ...(columns.gaps ?? []).map((column) => [left + column * cellWidth, top, left + column * cellWidth, bottom]),
  ]
  if (paths.length === 0) return []
  const { panel, unit } = penOf(display)
  return [{ kind: 'lines', paths, stroke: panel, strokeWidth: 2 * unit }]
}

function frames<Datum>(
  { rows, columns, chosen = -1 }: MatrixMap<Datum>,
  { left, top, cellWidth, cellHeight }: MatrixBox,
  display: Display,
): Mark[] {
  const { unit, ink2 } = penOf(display)
  const across = columns.names.length
  const framed = (rows.marked ?? []).map((row): Mark => {
    const [y, bottom] = [row, row + 1].map((edge) => Math.round(top + edge * cellHeight)) as [number, number]
    const box = { x: left, y, width: across * cellWidth, height: bottom - y }
    return { kind: 'rect', ...box, stroke: ink2, strokeWidth: unit }
  })
  const cell = { x: left + (chosen % across) * cellWidth, y: top + Math.floor(chosen / across) * cellHeight }
  const size = { width: cellWidth, height: cellHeight }
  return [...framed, ...(chosen < 0 ? [] : chosenFrame({ ...cell, ...size }, display))]
}

/** A frame that stands out on light and dark cells alike: the accent colour around the ground's. */
function chosenFrame({ x, y, width, height }: Box, display: Display): Mark[] {
  const { unit, acc, panel } = penOf(display)
  const inset = (by: number) => ({ x: x + by, y: y + by, width: width - unit - 2 * by, height: height - unit - 2 * by })
  return [
    { kind: 'rect', ...inset(3 * unit), stroke: panel, strokeWidth: 2 * unit },
    { kind: 'rect', ...inset(unit), stroke: acc, strokeWidth: 3 * unit },
  ]
}

function figureText<Datum>({ figures }: MatrixMap<Datum>, value: number, decimals: number): string {
  return figures === 'signed' ? signedText(value, decimals) : decimalText(value, decimals)
}

/** So many decimals that every number fits into so many pixels; null where not even whole numbers do. */
function fittingDecimals<Datum>(map: MatrixMap<Datum>, width: number, display: Display): number | null {
  const characters = width / (advance * penOf(display).label)
  for (let decimals = map.limit >= 100 ? 0 : map.limit >= 10 ? 1 : 2; decimals >= 0; decimals--)
    if (map.cells.every(({ value }) => figureText(map, value, decimals).length <= characters)) return decimals
  return null
}
