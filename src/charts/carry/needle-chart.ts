import type { Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark, Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import { headColor } from '../drawing/tokens'
import { markChart } from '../echarts/marks'
import { needlePlot } from './needle-plot'
import type { ThisSum } from '../this-sum'
import type { Needle } from './needle-rows'

/** What the chart shows beside the needles: how many sums have a carry and how many none. */
export interface NeedleChart {
  readonly needles: readonly Needle[]
  readonly sizes: readonly [number, number]
  /** What the two runs of the sum on screen are called. */
  readonly names: NonNullable<ThisSum['names']>
}

const rowHeight = 36
/** Below this width the runs of the sum on screen are not named above. */
const legendRoom = 400
/** Below this width the figures of the sum on screen have no place. */
const narrow = 320

/** Needles as rows, as many as fit: name, mirrored histogram with this sum's value, area. */
export function needleChart({ needles, sizes, names }: NeedleChart, display: Display): Chart<Needle> {
  const { unit } = penOf(display)
  const { width, height } = display
  const top = 18 * unit
  const fitting = Math.max(1, Math.floor((height - top) / (rowHeight * unit)))
  const shown = needles.slice(0, fitting)
  const high = Math.min((height - top) / Math.max(shown.length, 1), 64 * unit)
  const small = width < narrow * unit
  const [left, right] = [88 * unit, (small ? 80 : 126) * unit]
  const boxes = shown.map((_, row): Box => {
    return { x: left, y: top + row * high, width: Math.max(width - left - right, 20 * unit), height: high }
  })
  const marks = [
    ...legend(sizes, small ? 0 : left, display),
    ...(needles.some(({ clean }) => !Number.isNaN(clean)) ? runLegend(names, display) : []),
    ...shown.flatMap((needle, row) => [
      ...rowText(needle, boxes[row]!, small, display),
      ...needlePlot(needle, boxes[row]!, display),
    ]),
  ]
  const targets = shown.map((datum, row): Target<Needle> => {
    return { x: 0, y: boxes[row]!.y, width, height: boxes[row]!.height, datum }
  })
  return markChart(display, marks, targets)
}

function legend([carry, none]: readonly [number, number], x: number, display: Display): Mark[] {
  const { unit, solid, ink2, ink3, text } = penOf(display)
  const y = 8 * unit
  const box = (at: number, paint: { fill?: string; stroke?: string }): Mark => {
    return { kind: 'rect', x: at, y: y - 4 * unit, width: 10 * unit, height: 8 * unit, ...paint }
  }
  const second = x + (24 + String(carry).length * 7 + 40) * unit
  return [
    ...(x === 0 ? [] : [text(0, y, 'attention 0 to 1', { fill: ink3 })]),
    box(x, { fill: solid }),
    text(x + 14 * unit, y, `carry ${carry}`),
    box(second, { stroke: ink2 }),
    text(second + 14 * unit, y, `none ${none}`),
  ]
}

/** What the needles are: which runs of the sum on screen. */
function runLegend({ clean, now }: NeedleChart['names'], display: Display): Mark[] {
  const { unit, acc, text } = penOf(display)
  const ring = clean === 'clean' ? '▽ this sum' : `▽ ${clean}`
  const words = now === clean ? ring : `${ring}  ▼ ${now}`
  if (display.width < legendRoom * unit) return []
  return [text(display.width - 2 * unit, 8 * unit, words, { fill: acc, anchor: 'end' })]
}

function rowText(needle: Needle, { x, y, width, height }: Box, small: boolean, display: Display): Mark[] {
  const { unit, ink, ink2, ink3, acc, ctl, text, rule } = penOf(display)
  const { auc, se, unread, clean, now } = needle
  const [first, second] = [y + height / 2 - 7 * unit, y + height / 2 + 8 * unit]
  const right = x + width + 10 * unit
  const grey = unread !== null
  const known = !Number.isNaN(clean)
  const moved = known && Math.abs(now - clean) >= 0.0005
  const edge = display.width - 2 * unit
  const color = grey ? ctl : headColor(display.theme, needle.layer, needle.index)
  const changed = `→ ${decimalText(now, 3)}`
  return [
    rule([0, y + height], [display.width, y + height]),
    text(0, first, needle.head, { font: 'mono', weight: 650, fill: color }),
    text(34 * unit, first, `${needle.query}→${needle.key}`, { font: 'mono', fill: grey ? ctl : ink2 }),
    text(0, second, tendency(needle), { fill: ink3 }),
    text(right, first, 'AUC', { fill: ink3 }),
    text(right + 26 * unit, first, decimalText(auc, 3), { weight: 650, fill: grey ? ctl : ink }),
    text(right, second, `± ${decimalText(1.96 * se, 3)}`, { fill: ink3 }),
    ...(known && !small ? [text(edge, first, decimalText(clean, 3), { anchor: 'end' })] : []),
    ...(moved && !small ? [text(edge, second, changed, { weight: 650, fill: acc, anchor: 'end' })] : []),
  ]
}

function tendency({ auc, unread }: Needle): string {
  if (unread !== null) return unread.brief
  return auc >= 0.5 ? 'higher if carry' : 'lower if carry'
}
