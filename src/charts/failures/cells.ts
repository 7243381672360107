import type { Sum } from '../../core/sum'
import { operandLimit, type TaskLayout } from '../../core/task-layout'

/** A cell of the map of every sum: those with the same leading digits. */
export interface Cell {
  readonly row: number
  readonly column: number
  /** The sum of its first corner, and the `side * side` sums that stand for it, `step` apart. */
  readonly first: Sum
  readonly side: number
  readonly step: number
}

/** The largest cell that is shown sum by sum; of a larger one, sums evenly apart. */
const mostSide = 100

/** How many numbers of an operand a cell of a map of so many rows holds. */
export function cellWidth(rows: number, layout: TaskLayout): number {
  return Math.max(1, operandLimit(layout) / rows)
}

/** The cell at a place of the map. */
export function cellAt(row: number, column: number, rows: number, layout: TaskLayout): Cell {
  const width = cellWidth(rows, layout)
  const side = Math.min(mostSide, width)
  return { row, column, first: { a: row * width, b: column * width }, side, step: width / side }
}

/** The cell that holds a sum. */
export function cellOf({ a, b }: Sum, rows: number, layout: TaskLayout): Cell {
  const width = cellWidth(rows, layout)
  return cellAt(Math.floor(a / width), Math.floor(b / width), rows, layout)
}

/** How many rows and columns the map has: by two leading digits where there are at most 60 of them, else by one. */
export function mapRows({ largestFirstDigit, operandDigits }: TaskLayout): number {
  return largestFirstDigit === 4 && operandDigits > 1 ? 50 : largestFirstDigit + 1
}

/** The index of a map's cell in tensors over [prefixA, prefixB]. */
export function tensorIndex(row: number, column: number, side: number): number {
  return row * side + column
}

/** How a row or column of the map is named: its leading digits. */
export function prefixText(index: number, side: number, layout: TaskLayout): string {
  const digits = Math.max(1, layout.operandDigits - Math.round(Math.log10(cellWidth(side, layout))))
  return String(index).padStart(digits, '0')
}

/** `46·· + 43··`. */
export function cellText({ row, column }: Pick<Cell, 'row' | 'column'>, side: number, layout: TaskLayout): string {
  const name = (index: number) => {
    const prefix = prefixText(index, side, layout)
    return prefix + '·'.repeat(layout.operandDigits - prefix.length)
  }
  return `${name(row)} + ${name(column)}`
}
