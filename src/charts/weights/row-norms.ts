import { matrixBox, matrixMapDrawing, type MatrixMap } from '../kinds/matrix-map'
import type { Display } from '../drawing/display'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'
import { penOf } from '../drawing/pen'

/**
 * A matrix with the length of each of its rows as a bar beside it, and the line that a row has to cross to be significant:
 * which rows matter, and by how much they stand out, is seen before it is read.
 */
export interface RowNorms<Datum> {
  readonly map: MatrixMap<Datum>
  readonly norms: ArrayLike<number>
  /** The length from which on a row is significant, and what it is called. */
  readonly threshold: { readonly norm: number; readonly name: string }
  readonly significant: readonly number[]
  /** What pointing at a bar is about. */
  readonly datum: (row: number) => Datum
}

/** The map's share of the width. */
const share = 0.68

export function rowNormsDrawing<Datum>(input: RowNorms<Datum>, display: Display): Drawing<Datum> {
  const { map, norms, threshold, significant } = input
  const { unit, label, acc, ctl, ink, ink2, ink3, panel, text, rule } = penOf(display)
  const width = Math.round(display.width * share)
  const matrix = matrixMapDrawing(map, { ...display, width })
  const { top, cellHeight } = matrixBox(map, { ...display, width })
  const left = width + 4 * unit
  const room = Math.max(display.width - left - 30 * unit, 1)
  const limit = symmetricLimit([...Array.from(norms), threshold.norm], 2)
  const at = (norm: number) => left + (norm / limit) * room
  const line = at(threshold.norm)
  const rows = Array.from(norms, (norm, row) => {
    const y = top + row * cellHeight
    const isSignificant = significant.includes(row)
    const style = { fill: isSignificant ? acc : ctl }
    const gap = Math.min(1 * unit, cellHeight / 4)
    const box = { x: left, y: y + gap, width: at(norm) - left, height: Math.max(cellHeight - 2 * gap, 0.5) }
    const look = { fill: ink, weight: 650, halo: panel }
    const number = text(at(norm) + 4 * unit, y + cellHeight / 2, decimalText(norm, 1), look)
    return {
      bar: Number.isNaN(norm) ? [] : [{ kind: 'rect', ...box, ...style } as const],
      number: isSignificant ? [number] : [],
      target: { x: left, y, width: display.width - left, height: cellHeight, datum: input.datum(row) },
    }
  })
  const bottom = top + norms.length * cellHeight
  const anchor = line + threshold.name.length * 0.6 * label > display.width ? 'end' : 'start'
  const marks: Mark[] = [
    ...rows.flatMap(({ bar }) => bar),
    { ...rule([line, top - 4 * unit], [line, bottom], ink2), dash: [3 * unit, 3 * unit] },
    text(left, 8 * unit, 'length of row', { fill: ink3 }),
    text(line, top - 10 * unit, threshold.name, { anchor }),
    ...rows.flatMap(({ number }) => number),
  ]
  const bars: Target<Datum>[] = rows.map(({ target }) => target)
  return drawing(display, [...matrix.marks, ...marks], [...matrix.targets, ...bars])
}
