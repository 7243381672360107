import type { Box } from '../drawing/drawing'
import { columnAxis, gridIn, rowAxis } from './axes'
import { colorBar, colorBarText } from './color-bar'
import { markSeries } from './marks'
import { chart, type Chart } from '../drawing/chart'
import { metrics, type Display } from '../drawing/display'
import { signedText } from '../drawing/number-text'
import { cellMarks, type Cell } from '../kinds/cells'

/** A matrix of signed numbers over data, each written in its cell where it fits: rows down, columns across. */
export interface MatrixChart<Datum> {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Row by row. NaN is hatched. */
  readonly cells: readonly { readonly value: number; readonly datum: Datum }[]
  /** The colours reach from -limit to limit. */
  readonly limit: number
  /** At most so many decimals; as many as fit where it is not told. */
  readonly decimals?: number
  /** The column whose figures are bold. */
  readonly bold?: string
  /** The column that is named in the accent colour. */
  readonly accent?: string
  /** The column that the rows are sorted by, which is marked so. */
  readonly sorted?: string
  /** What the columns' names stand for, where they answer to pointer and keys. */
  readonly columnData?: readonly Datum[]
}

/** A digit's advance, as a share of the type size, generously. */
const advance = 0.62

export function matrixChart<Datum>(map: MatrixChart<Datum>, display: Display): Chart<Datum> {
  const { unit, label: size } = metrics(display)
  const { rows, columns, limit } = map
  const longest = Math.max(...rows.map((name) => name.length))
  const left = Math.ceil(longest * advance * (size + unit)) + 10 * unit
  const top = 17 * unit
  const box = {
    x: left,
    y: top,
    width: Math.max(display.width - left - 56 * unit, columns.length),
    height: Math.max(display.height - top - 4 * unit, rows.length),
  }
  const cells = matrixCells(map, box, display)
  const bar = { x: display.width - 48 * unit, y: top, width: 8 * unit, height: box.height }
  const targets = [
    ...(map.columnData ?? []).map((datum, column) => {
      const width = box.width / columns.length
      return { x: left + column * width, y: 0, width, height: top, datum }
    }),
    ...cells.map(({ x, y, width, height }, index) => ({ x, y, width, height, datum: map.cells[index]!.datum })),
  ]
  return chart(display, targets, {
    grid: gridIn(box),
    xAxis: columnAxis({ names: columns.map((name) => columnName(name, map)), side: 'top', margin: 4 }, display),
    yAxis: rowAxis({ names: rows.map((text) => ({ text })), mono: true }, display),
    visualMap: colorBar(bar, { limit }, display),
    graphic: colorBarText(bar, { limit }, display),
    series: [markSeries('cells', cellMarks(cells, limit, display))],
  })
}

function columnName<Datum>(name: string, { accent, sorted }: MatrixChart<Datum>) {
  return { text: name === sorted ? `${name} ▾` : name, look: name === accent ? ('accent' as const) : undefined }
}

function matrixCells<Datum>(map: MatrixChart<Datum>, box: Box, display: Display): Cell[] {
  const { unit, label: size } = metrics(display)
  const across = map.columns.length
  const [width, height] = [box.width / across, box.height / map.rows.length]
  const decimals = fittingDecimals(map, (width - 4 * unit) / (advance * size))
  return map.cells.map(({ value }, index) => {
    const [row, column] = [Math.floor(index / across), index % across]
    return {
      x: box.x + column * width,
      y: box.y + row * height,
      width,
      height,
      value,
      text: decimals === null ? '' : figureText(value, decimals),
      bold: map.columns[column] === map.bold,
    }
  })
}

/** What is as good as nothing is a plain 0, so that what is something stands out. */
function figureText(value: number, decimals: number): string {
  const text = signedText(value, decimals)
  return Number(text) === 0 ? '0' : text
}

/** So many decimals that every figure fits into a cell of so many characters; null where not even whole numbers do. */
function fittingDecimals<Datum>({ cells, limit, decimals }: MatrixChart<Datum>, characters: number): number | null {
  for (let most = decimals ?? (limit >= 1 ? 2 : 3); most >= 0; most--)
    if (cells.every(({ value }) => signedText(value, most).length <= characters)) return most
  return null
}
