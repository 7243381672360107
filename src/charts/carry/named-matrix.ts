import { decimalText, signedText } from '../drawing/number-text'
import type { ShownFigure } from '../figure'
import type { Tensor } from '../../core/tensor'
import { namedMatrixChart, type NamedAxis, type NamedCell } from './named-matrix-chart'

/** A matrix as a figure: a map, a table and notes. */
export interface NamedMatrix {
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  readonly rows: NamedAxis
  readonly columns: NamedAxis
  /** Row by row; NaN where there is none. */
  readonly values: ArrayLike<number>
  readonly unit: string
  /** The colours reach so far; the largest value where it is not told. */
  readonly limit?: number
  readonly signed?: boolean
  readonly hook: string
  /** Why a cell has no value, where that can be told; `index` is its place among the values. */
  missing?(cell: NamedCell, index: number): string
  /** What is said of the cell with the largest value, by size where values are signed. */
  finding(largest: NamedCell): string
}

/** A tensor of two axes as rows and columns, with the names that it gives them. */
export function matrixOf<R extends string, C extends string>(
  { labels, data }: Tensor<readonly [R, C]>,
  [row, rowTitle]: readonly [axis: NoInfer<R>, title: string],
  [column, columnTitle]: readonly [axis: NoInfer<C>, title: string],
): Pick<NamedMatrix, 'rows' | 'columns' | 'values'> {
  return {
    rows: { title: rowTitle, names: labels[row]! },
    columns: { title: columnTitle, names: labels[column]! },
    values: data,
  }
}

export function namedMatrixFigure(input: NamedMatrix): ShownFigure<NamedCell> {
  const { label, rows, columns, values, unit, signed = false, hook } = input
  const across = columns.names.length
  const cells = Array.from(values, (value, index): NamedCell => ({
    row: rows.names[Math.floor(index / across)]!,
    column: columns.names[index % across]!,
    value,
  }))
  const known = cells.map(({ value }) => Math.abs(value)).filter((value) => !Number.isNaN(value))
  const limit = input.limit ?? Math.max(...known, 1e-9)
  const largest = largestOf(cells)
  const textOf = (value: number) => (Number.isNaN(value) ? null : signed ? signedText(value, 3) : decimalText(value, 3))
  return {
    label,
    finding: largest ? input.finding(largest) : 'Nothing of it has a value.',
    draw: (display) =>
      namedMatrixChart(
        { rows, columns, cells, limit, signed, ...(largest && { framed: cells.indexOf(largest) }) },
        display,
      ),
    table: {
      caption: label,
      columns: [rows.title, ...columns.names],
      rows: rows.names.map((name, row) => [name, ...Array.from(values).slice(row * across, (row + 1) * across)]),
    },
    note: (cell) => ({
      subject: `${cell.row}, ${cell.column}`,
      lines: [{ label: unit, value: textOf(cell.value) ?? input.missing?.(cell, cells.indexOf(cell)) ?? 'none' }],
      hook,
    }),
  }
}

function largestOf(cells: readonly NamedCell[]): NamedCell | undefined {
  const known = cells.filter(({ value }) => !Number.isNaN(value))
  return known.toSorted((one, other) => Math.abs(other.value) - Math.abs(one.value))[0]
}
