import type { Tensor } from '../../core/tensor'
import { decimalText } from '../drawing/number-text'
import type { Display } from '../drawing/display'
import { matrixMapDrawing, type MatrixMap, type MatrixMapCell } from './matrix-map'
import type { NoteLine } from '../drawing/note'
import type { Table } from '../drawing/table'

/** One entry of a matrix, by the names of its row and column. */
export interface MatrixCell {
  readonly row: string
  readonly column: string
  readonly value: number
}

/** The entries of a matrix as cells of a map, row by row. */
export function cellsOf(
  { data }: Pick<Tensor, 'data'>,
  rows: readonly string[],
  columns: readonly string[],
): MatrixMapCell<MatrixCell>[] {
  return rows.flatMap((row, at) =>
    columns.map((column, place) => {
      const value = data[at * columns.length + place]!
      return { value, datum: { row, column, value } }
    }),
  )
}

/** A matrix as a table: a line for each row. */
export function matrixTable(
  caption: string,
  corner: string,
  cells: readonly MatrixMapCell<MatrixCell>[],
  columns: readonly string[],
): Table {
  const lines = Array.from({ length: cells.length / columns.length }, (_, row) =>
    cells.slice(row * columns.length, (row + 1) * columns.length),
  )
  return {
    caption,
    columns: [corner, ...columns],
    rows: lines.map((line) => [line[0]!.datum.row, ...line.map(({ value }) => value)]),
  }
}

/** A map as part of a figure: drawn, and as a table whose first column is called `corner`. */
export function shownMatrix(map: MatrixMap<MatrixCell>, caption: string, corner: string) {
  return {
    draw: (display: Display) => matrixMapDrawing(map, display),
    table: matrixTable(caption, corner, map.cells, map.columns.names),
  }
}

/** A value to four decimals, with its unit. */
export function valueLine(label: string, value: number, unit: string): NoteLine {
  return { label, value: `${decimalText(value, 4)} ${unit}`.trim() }
}

export function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index))
}
