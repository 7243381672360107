import type { CellMargins } from '../../contract/exhaustive'
import type { Sum } from '../../core/sum'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import { tokensOf, type Display } from '../drawing/display'
import { penOf } from '../drawing/pen'
import { hatching } from '../drawing/hatching'
import { mix, unitStops } from '../drawing/palette'
import type { Cell } from './cells'
import type { MapPlace } from './map-input'
import { isOutside, marginColor, type MarginScale } from './margin-scale'

/** What the picture of one cell shows. */
export interface CellInput {
  readonly cell: Cell
  /** Null before the first of them are known. */
  readonly margins: CellMargins | null
  readonly scale: MarginScale
  /** The sum on screen, and the one that keys stand on. */
  readonly sum: Sum | null
  readonly range: readonly [number, number] | null
}

/** Shades are told apart so finely: one mark each, however many sums. */
const shades = 40

/** The side of a sum's square and the corner of the first: whole pixels. */
export function cellPlace({ width, height, stage }: Display, side: number): MapPlace {
  const unit = stage ? 2 : 1
  const [left, top] = [25 * unit, 21 * unit]
  return { cell: Math.max(1, Math.floor(Math.min(width - left, height - top) / side)), left, top }
}

/** The sums of a cell one by one: as dark as the margin is small, red where it is wrong, the weakest ringed. */
export function cellDrawing({ cell, margins, scale, sum, range }: CellInput, display: Display): Drawing<never> {
  const { side, first, step } = cell
  const place = cellPlace(display, side)
  const { acc, ink, panel, text } = penOf(display)
  const { left, top } = place
  const box = { x: left, y: top, width: side * place.cell, height: side * place.cell }
  const middleOf = (row: number, column: number) =>
    [left + (column + 0.5) * place.cell, top + (row + 0.5) * place.cell] as const
  const weakest = margins ? weakestOf(margins) : null
  const ring = (row: number, column: number, color: string): Mark[] => {
    const [x, y] = middleOf(row, column)
    const radius = Math.max(7, place.cell)
    return [
      { kind: 'circle', x, y, radius, stroke: panel, strokeWidth: 4 },
      { kind: 'circle', x, y, radius, stroke: color, strokeWidth: 2 },
    ]
  }
  const own = sum && { row: (sum.a - first.a) / step, column: (sum.b - first.b) / step }
  const holdsOwn = own && [own.row, own.column].every((index) => Number.isInteger(index) && index >= 0 && index < side)
  const tick = Math.max(1, side / 10)
  const digits = String((side - 1) * step).length
  const names = Array.from({ length: Math.ceil(side / tick) }, (_, index): Mark[] => {
    const [name, at] = [String(index * tick * step).padStart(digits, '0'), (index * tick + 0.5) * place.cell]
    return [
      text(left + at, top - 11, name, { font: 'mono', anchor: 'middle' }),
      text(left - 6, top + at, name, { font: 'mono', anchor: 'end' }),
    ]
  })
  return drawing(
    display,
    [
      hatching(box, display),
      ...(margins ? squares(margins, scale, range, place, display) : []),
      ...names.flat(),
      ...(weakest === null ? [] : ring(Math.floor(weakest / side), weakest % side, ink)),
      ...(holdsOwn ? ring(own.row, own.column, acc) : []),
    ],
    [],
  )
}

/** How many of the margins are known. */
export function knownOf({ margin }: CellMargins): number {
  let known = 0
  for (let index = 0; index < margin.length; index++) if (!Number.isNaN(margin[index]!)) known++
  return known
}

/** The index of the smallest margin; null where none is known. */
export function weakestOf({ margin }: CellMargins): number | null {
  let weakest: number | null = null
  for (let index = 0; index < margin.length; index++) {
    const value = margin[index]!
    if (!Number.isNaN(value) && (weakest === null || value < margin[weakest]!)) weakest = index
  }
  return weakest
}

function squares(
  { side, margin }: CellMargins,
  scale: MarginScale,
  range: CellInput['range'],
  { cell, left, top }: MapPlace,
  display: Display,
): Mark[] {
  const { badfill, panel } = tokensOf(display)
  const places = new Map<string, number[]>()
  const put = (color: string, index: number) => {
    const list = places.get(color) ?? []
    places.set(color, list)
    list.push(left + ((index % side) + 0.5) * cell, top + (Math.floor(index / side) + 0.5) * cell)
  }
  const colors = Array.from({ length: shades + 1 }, (_, shade) =>
    marginColor(scale.low + (shade / shades) * (scale.high - scale.low), scale, display),
  )
  // By index, as everything about its 10,000 margins: to be handed one by one, each would be made an object.
  for (let index = 0; index < margin.length; index++) {
    const value = margin[index]!
    if (Number.isNaN(value)) continue
    const share = Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low)))
    const color = value <= 0 ? badfill : (colors[Math.round(share * shades)] ?? unitStops(display)[0]!)
    const outside = isOutside(value, range)
    put(outside ? mix(color, panel, 0.8) : color, index)
  }
  return [...places].map(([fill, list]): Mark => ({ kind: 'points', places: list, size: cell, fill }))
}
