import type { Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { hatching } from '../drawing/hatching'
import { signedText } from '../drawing/number-text'
import { inkOn, signedColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { markChart } from '../echarts/marks'
import type { Worths } from './head-worths'

export interface PairDatum {
  readonly one: string
  readonly other: string
  /** Upper right: over all contexts; lower left: the two alone. */
  readonly over: 'all contexts' | 'the two alone'
  readonly value: number
}

/** What ablating two heads adds beyond each: over all contexts in the upper right, the two alone in the lower left. */
export function pairMap(worths: Worths, chosen: number, display: Display): Chart<PairDatum> {
  const { unit, ink3, acc, text } = penOf(display)
  const { width, height } = display
  const { heads } = worths
  const [left, top, right, bottom] = [50 * unit, 20 * unit, 84 * unit, 24 * unit]
  const [wide, high] = [(width - left - right) / heads.length, (height - top - bottom) / heads.length]
  const cells = heads.flatMap((one, row) =>
    heads.map((other, column): PairDatum => {
      const upper = column > row
      const value = (upper ? worths.pair : worths.pairPlain)[row * heads.length + column]!
      return { one, other, over: upper ? 'all contexts' : 'the two alone', value }
    }),
  )
  const limit = scaleOf(cells.map(({ value }) => value))
  const targets = cells.map((datum, at): Target<PairDatum> => {
    const [row, column] = [Math.floor(at / heads.length), at % heads.length]
    return { x: left + column * wide, y: top + row * high, width: wide, height: high, datum }
  })
  const named = (head: number) => ({ font: 'mono' as const, ...(head === chosen && { fill: acc, weight: 650 }) })
  const note = (y: number, words: string) => text(width - right + 8 * unit, y, words, { fill: ink3 })
  const marks = [
    ...targets.flatMap((target, at) =>
      cellMarks(target, Math.floor(at / heads.length) === at % heads.length, limit, display),
    ),
    ...heads.flatMap((head, index): Mark[] => [
      text(left - 8 * unit, top + (index + 0.5) * high, head, { anchor: 'end', ...named(index) }),
      text(left + (index + 0.5) * wide, 9 * unit, head, { anchor: 'middle', ...named(index) }),
    ]),
    note(top + 12 * unit, 'upper right:'),
    note(top + 26 * unit, worths.whole ? 'over all' : 'not known,'),
    note(top + 40 * unit, worths.whole ? 'contexts' : 'too many'),
    note(height - bottom - 38 * unit, 'lower left:'),
    note(height - bottom - 24 * unit, 'the two'),
    note(height - bottom - 10 * unit, 'alone'),
    text(0, height - 8 * unit, '− one chain: once one is ablated, the other costs less'),
    text(width, height - 8 * unit, '+ backup', { anchor: 'end' }),
  ]
  return markChart(display, marks, targets)
}

function cellMarks(
  { x, y, width, height, datum }: Target<PairDatum>,
  diagonal: boolean,
  limit: number,
  display: Display,
): Mark[] {
  const { unit, text } = penOf(display)
  const box = { x: x + unit, y: y + unit, width: width - 2 * unit, height: height - 2 * unit }
  const color = signedColor(datum.value, limit, display)
  if (diagonal || color === null) return [hatching(box, display)]
  const figure = width < 30 * unit || height < 13 * unit ? '' : signedText(datum.value, 1)
  const look = { fill: inkOn(color), weight: Math.abs(datum.value) >= limit / 4 ? 650 : 400, anchor: 'middle' } as const
  return [{ kind: 'rect', ...box, radius: 3 * unit, fill: color }, text(x + width / 2, y + height / 2, figure, look)]
}

/** The next of 10, 20, 30, 50 above all values, and of their tenths or tens where these do not fit. */
function scaleOf(values: readonly number[]): number {
  const largest = Math.max(...values.filter((value) => !Number.isNaN(value)).map(Math.abs), 0)
  const steps = [0.1, 1, 10, 100].flatMap((power) => [1, 2, 3, 5].map((step) => step * power))
  return steps.find((step) => step >= largest) ?? Math.max(largest, 0.1)
}
