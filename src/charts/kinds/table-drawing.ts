import { cellText } from '../drawing/cell-text'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { penOf } from '../drawing/pen'
import type { Table } from '../drawing/table'

/** As many rows as fit a page; the rest is counted under them. */
const mostRows = 60

/** The height of a row, the width of a letter and the room between columns and around them, in Explore's pixels. */
const [rowHeight, letterWidth, gap] = [18, 6.8, 14]

/** The left edge of names or the right edge of numbers. */
type Edge = { readonly x: number; readonly anchor: 'start' | 'end' }

/**
 * A table as a picture, for places that take pictures only: a header, a rule, names to the left and numbers to the right.
 * Its size follows from what is in it; of `display` only colours and type matter.
 */
export function tableDrawing(table: Table, display: Display): Drawing<never> {
  const { unit, ink, ink2, ink3, text, rule } = penOf(display)
  const shown = table.rows
    .slice(0, mostRows)
    .map((cells, row) => cells.map((_, column) => cellText(table, row, column)))
  const { edges, width } = layout(table, shown, unit)
  const middle = (row: number) => (row + 0.8) * rowHeight * unit
  const cells = (row: number, texts: readonly string[], fill: string, font: 'sans' | 'mono'): Mark[] =>
    texts.map((words, column) =>
      text(edges[column]!.x, middle(row), words, { fill, font, anchor: edges[column]!.anchor }),
    )
  const more = table.rows.length - shown.length
  const end = shown.length + 1
  const marks: Mark[] = [
    ...cells(0, table.columns, ink2, 'sans'),
    rule([gap * unit, middle(0.55)], [width - gap * unit, middle(0.55)]),
    ...shown.flatMap((texts, row) => cells(row + 1, texts, ink, 'mono')),
  ]
  const rest = text(gap * unit, middle(end), `and ${more} more rows`, { fill: ink3 })
  const height = middle(more > 0 ? end + 1 : end)
  return drawing({ ...display, width, height }, more > 0 ? [...marks, rest] : marks, [])
}

/** Columns as wide as their longest text. */
function layout({ columns, rows }: Table, texts: readonly (readonly string[])[], unit: number) {
  const edges: Edge[] = []
  let x = gap * unit
  columns.forEach((name, column) => {
    const width = Math.max(name.length, ...texts.map((row) => row[column]!.length)) * letterWidth * unit
    const isNumber = typeof rows[0]?.[column] === 'number'
    edges.push(isNumber ? { x: x + width, anchor: 'end' } : { x, anchor: 'start' })
    x += width + gap * unit
  })
  return { edges, width: x }
}
