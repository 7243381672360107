import type { EverySum } from '../../contract/exhaustive'
import { formatSum } from '../../core/sum-text'
import type { Mark } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import { cellOf, tensorIndex } from './cells'
import type { MapInput, MapPlace } from './map-input'

/** A cell that is named in its place. */
interface Labelled {
  readonly row: number
  readonly column: number
  readonly text: string
  readonly own: boolean
}

/** So many weak cells are named, none within so many rows of another. */
const [mostNamed, apart] = [4, 3]

/** The weakest cells, or the one with most wrong sums, and that of the sum on screen: framed, with a word beside each. */
export function labelled(input: MapInput, side: number, place: MapPlace, display: Display): Mark[] {
  const { every, sum, layout } = input
  const own = sum ? [{ ...cellOf(sum, side, layout), text: 'this sum', own: true }] : []
  const named: readonly Labelled[] = [...(every ? namedCells(input, every, side) : []), ...own]
  return named.flatMap((cell) => labelMarks(cell, side, place, display))
}

function namedCells(input: MapInput, every: EverySum, side: number): readonly Labelled[] {
  const { layout } = input
  if (every.wrong > 0) return mostWrong(every, side)
  const named: Labelled[] = []
  for (const weak of every.weakest) {
    const { row, column } = cellOf(weak, side, layout)
    if (named.some((other) => Math.abs(other.row - row) < apart)) continue
    named.push({ row, column, text: `${formatSum(weak, layout)} ${decimalText(weak.margin, 2)}`, own: false })
    if (named.length === mostNamed) break
  }
  return named
}

function mostWrong(every: EverySum, side: number): readonly Labelled[] {
  const { n, wrong } = every.byPrefix
  let most = { row: 0, column: 0, count: 0, of: 0 }
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const at = tensorIndex(row, column, side)
      if (wrong.data[at]! > most.count) most = { row, column, count: wrong.data[at]!, of: n.data[at]! }
    }
  const text = `most wrong: ${most.count} of ${most.of.toLocaleString('en')}`
  return [{ row: most.row, column: most.column, text, own: false }]
}

function labelMarks(
  { row, column, text, own }: Labelled,
  side: number,
  { cell, left, top }: MapPlace,
  display: Display,
): Mark[] {
  const { acc, ink, panel } = tokensOf(display)
  const { label: size, unit } = metrics(display)
  const [x, y] = [left + column * cell, top + row * cell]
  const color = own ? acc : ink
  const width = text.length * 6.3 * unit + 8
  const onRight = x + cell + 6 + width <= left + side * cell
  const at = onRight ? x + cell + 6 : x - 6 - width
  const middle = y + cell / 2
  return [
    { kind: 'rect', x: x - 2, y: y - 2, width: cell + 4, height: cell + 4, stroke: panel, strokeWidth: 4, radius: 3 },
    { kind: 'rect', x: x - 2, y: y - 2, width: cell + 4, height: cell + 4, stroke: color, strokeWidth: 2, radius: 3 },
    { kind: 'rect', x: at, y: middle - 8, width, height: 16, fill: panel, stroke: color, strokeWidth: 1, radius: 4 },
    { kind: 'text', x: at + width / 2, y: middle, text, size, fill: color, weight: 600, anchor: 'middle' },
  ]
}
