import { namedEntries, spreadOut } from '../drawing/axis-names'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'

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
  const { unit } = metrics(display)
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
  const { unit, label: size } = metrics(display)
  const { acc, ctl, ink2, ink3, line } = tokensOf(display)
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
  const text = { kind: 'text', size, fill: ink3 } as const
  const tick = (value: number, y: number): Mark => {
    const words = decimalText(value, Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 2 : 1)
    return { ...text, x: left - 6 * unit, y, text: words, anchor: 'end' }
  }
  const far = 14 * unit
  const marks: Mark[] = [
    ...(name === '' ? [] : [{ ...text, x: left, y: top + 8 * unit, text: name, fill: ink2 }]),
    { kind: 'lines', paths: [[left, zero, right, zero]], stroke: line, strokeWidth: unit },
    tick(0, zero),
    ...(up * scale > far ? [tick(up, first + 4 * unit)] : []),
    ...(down * scale > far ? [tick(-down, first + room - 4 * unit)] : []),
    ...rects.filter(({ height: high }) => high > 0),
    ...(decimals === undefined ? [] : bars).flatMap(({ value }, index): Mark[] => {
      const { x, y, width } = rects[index]!
      const words = decimalText(value, decimals!)
      return [
        { ...text, x: x + width / 2, y: (Number.isNaN(value) ? zero : y) - 8 * unit, text: words, anchor: 'middle' },
      ]
    }),
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
  const { unit, label: size } = metrics(display)
  const { acc, ink2, ink3 } = tokensOf(display)
  const longest = Math.max(...names.map((name) => name.length), 1)
  const style = { kind: 'text', size, anchor: 'middle' } as const
  const room = (longest * 0.62 + 0.5) * size
  const named = namedEntries(names.length, step, room, marked)
  const places = spreadOut(
    named.map((index) => left + (index + 0.5) * step),
    room,
    left + names.length * step,
  )
  const entries = named.map((index, at): Mark => {
    const place = { x: places[at]!, y: display.height - 22 * unit, font: 'mono' } as const
    const paint = marked.includes(index) ? { fill: acc, weight: 700 } : { fill: ink2 }
    return { ...style, ...place, ...paint, text: names[index]! }
  })
  const middle = left + (names.length * step) / 2
  return [...entries, { ...style, x: middle, y: display.height - 7 * unit, text: title, fill: ink3 }]
}
