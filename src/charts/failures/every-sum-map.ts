import type { EverySum } from '../../contract/exhaustive'
import { columnsOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import { tokensOf, type Display } from '../drawing/display'
import { penOf } from '../drawing/pen'
import { hatching } from '../drawing/hatching'
import { mix } from '../drawing/palette'
import { cellOf, cellWidth, mapRows, prefixText, tensorIndex, type Cell } from './cells'
import type { MapInput, MapPlace } from './map-input'
import { labelled } from './map-labels'
import { isOutside, marginColor } from './margin-scale'
import { scaleMarks } from './scale-marks'

/** The largest whole cells that fit, after the axes and the scale beside them. */
export function mapPlace({ width, height, stage }: Display, side: number): MapPlace {
  const unit = stage ? 2 : 1
  const [left, top] = [29 * unit, 29 * unit]
  const cell = Math.max(3, Math.floor(Math.min(width - left - 45 * unit, height - top - 17 * unit) / side))
  return { cell, left, top }
}

/**
 * Every sum there is: a cell for each pair of leading digits, as dark as its weakest sum's margin is small, with a red square
 * where any of them is wrong. No targets: what is pointed at follows from the place alone.
 */
export function everySumDrawing(input: MapInput, display: Display): Drawing<never> {
  const { every, layout } = input
  const side = mapRows(layout)
  const place = mapPlace(display, side)
  const { cell, left, top } = place
  const box = { x: left, y: top, width: side * cell, height: side * cell }
  const cells = every ? cellMarks(input, every, side, place, display) : []
  return drawing(
    display,
    [
      hatching(box, display),
      ...cells,
      ...rules(side, place, layout, display),
      ...axisMarks(side, place, layout, display),
      ...scaleMarks(input.scale, box, every !== null && every.wrong > 0, display),
      ...labelled(input, side, place, display),
    ],
    [],
  )
}

function cellMarks(
  { scale, measure, layout, ...chosen }: MapInput,
  every: EverySum,
  side: number,
  { cell, left, top }: MapPlace,
  display: Display,
): Mark[] {
  const { badfill, panel, raised } = tokensOf(display)
  const { n, wrong, marginMin } = every.byPrefix
  const shades: Mark[] = []
  const squares: Mark[] = []
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const at = tensorIndex(row, column, side)
      if (n.data[at] === 0) continue
      const margin = marginMin.data[at]!
      const dim = isDim(margin, row, column, side, { layout, ...chosen })
      const fill = measure === 'wrong' ? raised : marginColor(margin, scale, display)
      const [x, y] = [left + column * cell, top + row * cell]
      shades.push({ kind: 'rect', x, y, width: cell, height: cell, fill: dim ? mix(fill, panel, 0.8) : fill })
      if (wrong.data[at] === 0) continue
      const size = Math.min(cell - 2, Math.max(4, Math.sqrt(wrong.data[at]!)))
      const inset = (cell - size) / 2
      const square = (out: number) => {
        const side = size + 2 * out
        return { x: x + inset - out, y: y + inset - out, width: side, height: side }
      }
      squares.push({ kind: 'rect', ...square(1), fill: '#ffffff' })
      squares.push({ kind: 'rect', ...square(0), fill: dim ? mix(badfill, panel, 0.6) : badfill })
    }
  return [...shades, ...squares]
}

function isDim(
  margin: number,
  row: number,
  column: number,
  side: number,
  { range, pattern, layout }: Pick<MapInput, 'range' | 'pattern' | 'layout'>,
): boolean {
  if (isOutside(margin, range)) return true
  return pattern !== null && !holdsPattern(row, column, side, pattern, layout)
}

/** Whether sums of a cell can be of a pattern: their leading columns are the same in all. */
function holdsPattern(row: number, column: number, side: number, pattern: string, layout: TaskLayout): boolean {
  const width = cellWidth(side, layout)
  const { classes } = columnsOf({ a: row * width, b: column * width }, layout)
  const known = layout.answerDigits - Math.round(Math.log10(width))
  return classes.slice(0, known).join('') === pattern.slice(0, known)
}

/** White lines at each further first digit. */
function rules(side: number, { cell, left, top }: MapPlace, layout: TaskLayout, display: Display): Mark[] {
  const { panel } = tokensOf(display)
  const perDigit = side / (layout.largestFirstDigit + 1)
  if (perDigit < 2) return []
  const paths = Array.from({ length: layout.largestFirstDigit }, (_, digit) => (digit + 1) * perDigit * cell).flatMap(
    (at) => [
      [left + at, top, left + at, top + side * cell],
      [left, top + at, left + side * cell, top + at],
    ],
  )
  return [{ kind: 'lines', paths, stroke: panel, strokeWidth: 2 }]
}

function axisMarks(side: number, { cell, left, top }: MapPlace, layout: TaskLayout, display: Display): Mark[] {
  const { label: size, text } = penOf(display)
  const step = [1, 5, 10].find((rows) => rows >= side / 10 && rows * cell >= 1.6 * size) ?? 10
  const digits = prefixText(0, side, layout).length
  const words =
    digits === layout.operandDigits
      ? 'its value'
      : digits === 1
        ? 'first digit'
        : `first ${digits === 2 ? 'two' : digits} digits`
  const names = Array.from({ length: Math.ceil(side / step) }, (_, index): Mark[] => {
    const [name, middle] = [prefixText(index * step, side, layout), (index * step + 0.5) * cell]
    return [
      text(left + middle, top - 15, name, { font: 'mono', anchor: 'middle' }),
      text(left - 8, top + middle, name, { font: 'mono', anchor: 'end' }),
    ]
  })
  // An em space: SVG makes one of several spaces.
  const title = `B: ${words} →\u2003A: ${words} ↓`
  return [...names.flat(), text(left + (side * cell) / 2, top + side * cell + 10, title, { anchor: 'middle' })]
}

/** The cell of a sum on a map of so many rows. */
export function placeOfSum(sum: Sum, side: number, layout: TaskLayout): Pick<Cell, 'row' | 'column'> {
  const { row, column } = cellOf(sum, side, layout)
  return { row, column }
}
