import { namedEntries, spreadOut } from '../drawing/axis-names'
import type { Display } from '../drawing/display'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'
import { penOf } from '../drawing/pen'

/**
 * Rows of bars over one common axis, each row on a scale of its own: upwards what is positive, downwards what is negative. A
 * missing value leaves a gap.
 */
export interface BarRows<Datum> {
  readonly rows: readonly BarRow<Datum>[]
  readonly names: readonly string[]
  /** What runs along the axis. */
  readonly title: string
  /** The entries that are named and filled in the accent colour. */
  readonly marked?: readonly number[]
  /** Numbers over the bars, with so many decimals. */
  readonly decimals?: number
}

export interface BarRow<Datum> {
  readonly name: string
  readonly bars: readonly { readonly value: number; readonly datum: Datum }[]
}

export function barRowsDrawing<Datum>(input: BarRows<Datum>, display: Display): Drawing<Datum> {
  const { unit } = penOf(display)
  const axis = 30 * unit
  const height = Math.max((display.height - axis) / Math.max(input.rows.length, 1), 1)
  const left = 40 * unit
  const step = Math.max((display.width - left - 4 * unit) / Math.max(input.names.length, 1), 0.1)
  const drawn = input.rows.map((row, index) => {
    return rowOf(row, input, { left, top: index * height, step, height }, display)
  })
  return drawing(
    display,
    [...drawn.flatMap(({ marks }) => marks), ...axisMarks(input, left, step, display)],
    drawn.flatMap(({ targets }) => targets),
  )
}

interface Place {
  readonly left: number
  readonly top: number
  /** From bar to bar. */
  readonly step: number
  readonly height: number
}

function rowOf<Datum>(
  { name, bars }: BarRow<Datum>,
  { marked = [], decimals }: BarRows<Datum>,
  { left, top, step, height }: Place,
  display: Display,
): { readonly marks: readonly Mark[]; readonly targets: readonly Target<Datum>[] } {
  const { unit, acc, ctl, ink3, text, rule } = penOf(display)
  const { up, down } = reaches(bars.map(({ value }) => value))
  const first = top + (name === '' ? 4 : 20) * unit + (decimals === undefined ? 0 : 12 * unit)
  const room = Math.max(height - (first - top) - 8 * unit, 1)
  const scale = room / (up + down)
  const zero = first + up * scale
  const gap = Math.min(step * 0.25, 6 * unit)
  const right = left + bars.length * step
  const rects = bars.map(({ value }, index) => {
    const high = Math.abs(value) * scale
    const y = value < 0 ? zero : zero - high
    const fill = marked.includes(index) ? acc : ctl
    return { kind: 'rect', x: left + index * step + gap / 2, y, width: step - gap, height: high, fill } as const
  })
  const tick = (value: number, y: number) => {
    const words = decimalText(value, Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 2 : 1)
    return text(left - 6 * unit, y, words, { fill: ink3, anchor: 'end' })
  }
  const far = 14 * unit
  const figures = bars.map(({ value }, index) => {
    const { x, y, width } = rects[index]!
    const above = (Number.isNaN(value) ? zero : y) - 8 * unit
    return text(x + width / 2, above, decimalText(value, decimals ?? 0), { fill: ink3, anchor: 'middle' })
  })
  const marks: Mark[] = [
    ...(name === '' ? [] : [text(left, top + 8 * unit, name)]),
    rule([left, zero], [right, zero]),
    tick(0, zero),
    ...(up * scale > far ? [tick(up, first + 4 * unit)] : []),
    ...(down * scale > far ? [tick(-down, first + room - 4 * unit)] : []),
    ...rects.filter(({ height: high }) => high > 0),
    ...(decimals === undefined ? [] : figures),
  ]
  const box = { y: first, height: room }
  return {
    marks,
    targets: bars.map(({ datum }, index) => ({ x: left + index * step, width: step, ...box, datum })),
  }
}

/** How far a scale reaches on either side of 0: to the next round number, and not at all where nothing lies there. */
function reaches(values: readonly number[]): { readonly up: number; readonly down: number } {
  const limitOf = (side: readonly number[]) => (side.length > 0 ? symmetricLimit(side, 2) : 0)
  const [up, down] = [limitOf(values.filter((value) => value > 0)), limitOf(values.filter((value) => value < 0))]
  return { up: up + down === 0 ? 1 : up, down }
}

function axisMarks<Datum>({ names, marked = [], title }: BarRows<Datum>, left: number, step: number, display: Display) {
  const { unit, label, acc, ink3, text } = penOf(display)
  const longest = Math.max(...names.map((name) => name.length), 1)
  const room = (longest * 0.62 + 0.5) * label
  const named = namedEntries(names.length, step, room, marked)
  const middles = named.map((index) => left + (index + 0.5) * step)
  const places = spreadOut(middles, room, left + names.length * step)
  const entries = named.map((index, at) => {
    const look = { font: 'mono', anchor: 'middle', ...(marked.includes(index) && { fill: acc, weight: 700 }) } as const
    return text(places[at]!, display.height - 22 * unit, names[index]!, look)
  })
  const middle = left + (names.length * step) / 2
  return [...entries, text(middle, display.height - 7 * unit, title, { fill: ink3, anchor: 'middle' })]
}
