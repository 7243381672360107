import type { EverySum } from '../../contract/exhaustive'
import { formatSum } from '../../core/sum-text'
import type { Box, Mark } from '../drawing/drawing'
import { metrics, type Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
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
  const boxOf = (cell: Labelled) => labelBox(cell, side, place, display)
  const own = sum ? [{ ...cellOf(sum, side, layout), text: 'this sum', own: true }] : []
  const named = every ? namedCells(input, every, side, own.map(boxOf), boxOf) : []
  return [...named, ...own].flatMap((cell) => labelMarks(cell, boxOf(cell), place, display))
}

/** As many as find room beside the words that are there already. */
function namedCells(
  { layout }: MapInput,
  every: EverySum,
  side: number,
  taken: readonly Box[],
  boxOf: (cell: Labelled) => Box,
): readonly Labelled[] {
  if (every.wrong > 0) return mostWrong(every, side)
  const named: Labelled[] = []
  for (const weak of every.weakest) {
    const { row, column } = cellOf(weak, side, layout)
    if (named.some((other) => Math.abs(other.row - row) < apart)) continue
    const cell = { row, column, text: `${formatSum(weak, layout)} ${decimalText(weak.margin, 2)}`, own: false }
    if ([...taken, ...named.map(boxOf)].some((box) => overlap(box, boxOf(cell)))) continue
    named.push(cell)
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

/** Where a cell's word stands: to its right, or to its left where the map ends and the picture has room there. */
function labelBox({ row, column, text }: Labelled, side: number, { cell, left, top }: MapPlace, display: Display): Box {
  const { unit } = metrics(display)
  const [x, y] = [left + column * cell, top + row * cell]
  const width = text.length * 6.3 * unit + 8
  const onRight = x + cell + 6 + width <= left + side * cell || x - 6 - width < 0
  return { x: onRight ? x + cell + 6 : x - 6 - width, y: y + cell / 2 - 8, width, height: 16 }
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

function labelMarks(
  { row, column, text, own }: Labelled,
  box: Box,
  { cell, left, top }: MapPlace,
  display: Display,
): Mark[] {
  const { acc, ink, panel, text: textAt } = penOf(display)
  const color = own ? acc : ink
  const frame = { x: left + column * cell - 2, y: top + row * cell - 2, width: cell + 4, height: cell + 4, radius: 3 }
  return [
    { kind: 'rect', ...frame, stroke: panel, strokeWidth: 4 },
    { kind: 'rect', ...frame, stroke: color, strokeWidth: 2 },
    { kind: 'rect', ...box, fill: panel, stroke: color, strokeWidth: 1, radius: 4 },
    textAt(box.x + box.width / 2, box.y + box.height / 2, text, { fill: color, weight: 600, anchor: 'middle' }),
  ]
}
