import { cellMarks } from './cells'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText, signedText } from '../drawing/number-text'
import { signedColor } from '../drawing/palette'

/** A map of signed figures: rows down, columns across, each with its figure written in it where it fits. */
export interface HeatMap<Datum> {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Row by row. NaN is hatched. */
  readonly cells: readonly HeatCell<Datum>[]
  /** The colours reach from -limit to limit. */
  readonly limit: number
  /** The column whose figures are bold. */
  readonly bold?: string
  /** The column that is named in the accent colour. */
  readonly accent?: string
  /** The column that the rows are sorted by, which is marked so. */
  readonly sorted?: string
  /** What the columns' names stand for, where they answer to pointer and keys. */
  readonly columnData?: readonly Datum[]
  /** Whether the scale stands beside the map. */
  readonly scale: boolean
}

export interface HeatCell<Datum> {
  readonly value: number
  readonly datum: Datum
}

/** A digit's advance, as a share of the type size, generously. */
const advance = 0.62

export function heatMapDrawing<Datum>(map: HeatMap<Datum>, display: Display): Drawing<Datum> {
  const { unit, label: size } = metrics(display)
  const { ink2, acc } = tokensOf(display)
  const { rows, columns, limit } = map
  const longest = Math.max(...rows.map((name) => name.length))
  const left = Math.ceil(longest * advance * (size + unit)) + 10 * unit
  const top = 17 * unit
  const width = Math.max((display.width - left - (map.scale ? 56 * unit : 0)) / columns.length, 1)
  const height = Math.max((display.height - top - 4 * unit) / rows.length, 1)
  const decimals = fittingDecimals(map, (width - 4 * unit) / (advance * size))
  const cells = map.cells.map(({ value }, index) => {
    const [row, column] = [Math.floor(index / columns.length), index % columns.length]
    const text = decimals === null ? '' : figureText(value, decimals)
    const bold = columns[column] === map.bold
    return { x: left + column * width, y: top + row * height, width, height, value, text, bold }
  })
  const rowNames = rows.map((text, row): Mark => {
    const place = { x: left - 7 * unit, y: top + (row + 0.5) * height, anchor: 'end' } as const
    return { kind: 'text', text, size: size + unit, font: 'mono', fill: ink2, ...place }
  })
  const columnNames = columns.map((text, column): Mark => {
    const place = { x: left + (column + 0.5) * width, y: top - 9 * unit, anchor: 'middle' } as const
    const style = text === map.accent ? { fill: acc, weight: 700 } : { fill: ink2 }
    return { kind: 'text', text: text === map.sorted ? `${text} ▾` : text, size, ...style, ...place }
  })
  const names = (map.columnData ?? []).map((datum, column) => {
    return { x: left + column * width, y: 0, width, height: top, datum }
  })
  const bar = { x: display.width - 48 * unit, y: top, width: 8 * unit, height: rows.length * height }
  return drawing(
    display,
    [
      ...columnNames,
      ...rowNames,
      ...cellMarks(cells, limit, display),
      ...(map.scale ? scaleMarks(bar, limit, display) : []),
    ],
    [
      ...names,
      ...cells.map(({ x, y, width: wide, height: high }, index) => {
        return { x, y, width: wide, height: high, datum: map.cells[index]!.datum }
      }),
    ],
  )
}

/** What is as good as nothing is a plain 0, so that what is something stands out. */
function figureText(value: number, decimals: number): string {
  const text = signedText(value, decimals)
  return Number(text) === 0 ? '0' : text
}

/** So many decimals that every figure fits into a cell of so many characters; null where not even whole numbers do. */
function fittingDecimals<Datum>({ cells, limit }: HeatMap<Datum>, characters: number): number | null {
  const most = limit >= 1 ? 2 : 3
  for (let decimals = most; decimals >= 0; decimals--)
    if (cells.every(({ value }) => signedText(value, decimals).length <= characters)) return decimals
  return null
}

interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The signed palette as a standing scale, limit above and `least` below (-limit or 0), and its figures. */
export function scaleMarks({ x, y, width, height }: Bar, limit: number, display: Display, least = -limit): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ink3 } = tokensOf(display)
  const steps = 32
  const blocks = Array.from({ length: steps }, (_, step): Mark => {
    const value = limit * (1 - ((1 - least / limit) * (step + 0.5)) / steps)
    // Blocks overlap a little, so that no seam shows between them.
    const high = height / steps + (step < steps - 1 ? 0.5 : 0)
    const fill = signedColor(value, limit, display)!
    return { kind: 'rect', x, y: y + (step * height) / steps, width, height: high, fill }
  })
  const decimals = limit >= 10 || Number.isInteger(limit) ? 0 : limit >= 1 ? 1 : 2
  const figure = (at: number, text: string): Mark => {
    return { kind: 'text', x: x + width + 6 * unit, y: at, text, size, fill: ink3 }
  }
  return [
    ...blocks,
    figure(y + 5 * unit, least < 0 ? signedText(limit, decimals) : decimalText(limit, decimals)),
    ...(least < 0 ? [figure(y + height / 2, '0')] : []),
    figure(y + height - 5 * unit, least < 0 ? decimalText(least, decimals) : '0'),
  ]
}
