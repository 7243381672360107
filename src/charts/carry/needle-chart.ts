import type { Chart } from '../drawing/chart'
import { metrics, tokensOf, type Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { headColor } from '../drawing/tokens'
import { markSeries } from '../echarts/marks'
import { needlePlot, type NeedleBox } from './needle-plot'
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
  const { unit } = metrics(display)
  const { width, height } = display
  const top = 18 * unit
  const fitting = Math.max(1, Math.floor((height - top) / (rowHeight * unit)))
  const shown = needles.slice(0, fitting)
  const high = Math.min((height - top) / Math.max(shown.length, 1), 64 * unit)
  const small = width < narrow * unit
  const [left, right] = [88 * unit, (small ? 80 : 126) * unit]
  const boxes = shown.map((_, row): NeedleBox => {
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
  return { width, height, targets, option: { animation: false, series: [markSeries('marks', marks, null)] } }
}

function legend([carry, none]: readonly [number, number], x: number, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { solid, ink2, ink3 } = tokensOf(display)
  const y = 8 * unit
  const text = (at: number, words: string): Mark => ({ kind: 'text', x: at, y, text: words, size, fill: ink2 })
  const box = (at: number, paint: { fill?: string; stroke?: string }): Mark => {
    return { kind: 'rect', x: at, y: y - 4 * unit, width: 10 * unit, height: 8 * unit, ...paint }
  }
  const second = x + (24 + String(carry).length * 7 + 40) * unit
  return [
    ...(x === 0 ? [] : [{ kind: 'text', x: 0, y, text: 'attention 0 to 1', size, fill: ink3 } as const]),
    box(x, { fill: solid }),
    text(x + 14 * unit, `carry ${carry}`),
    box(second, { stroke: ink2 }),
    text(second + 14 * unit, `none ${none}`),
  ]
}

/** What the needles are: which runs of the sum on screen. */
function runLegend({ clean, now }: NeedleChart['names'], display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const ring = clean === 'clean' ? '▽ this sum' : `▽ ${clean}`
  const text = now === clean ? ring : `${ring}  ▼ ${now}`
  if (display.width < legendRoom * unit) return []
  return [
    { kind: 'text', x: display.width - 2 * unit, y: 8 * unit, text, size, fill: tokensOf(display).acc, anchor: 'end' },
  ]
}

function rowText(needle: Needle, { x, y, width, height }: NeedleBox, small: boolean, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ink, ink2, ink3, acc, ctl, line } = tokensOf(display)
  const { auc, se, unread, clean, now } = needle
  const [first, second] = [y + height / 2 - 7 * unit, y + height / 2 + 8 * unit]
  const right = x + width + 10 * unit
  const grey = unread !== null
  const known = !Number.isNaN(clean)
  const moved = known && Math.abs(now - clean) >= 0.0005
  const edge = display.width - 2 * unit
  const bold = { size, weight: 650 }
  const name = { kind: 'text', y: first, font: 'mono', ...bold } as const
  return [
    { kind: 'lines', paths: [[0, y + height, display.width, y + height]], stroke: line, strokeWidth: unit },
    { ...name, x: 0, text: needle.head, fill: grey ? ctl : headColor(display.theme, needle.layer, needle.index) },
    { ...name, x: 34 * unit, weight: 400, text: `${needle.query}→${needle.key}`, fill: grey ? ctl : ink2 },
    { kind: 'text', x: 0, y: second, text: tendency(needle), size, fill: ink3 },
    { kind: 'text', x: right, y: first, text: 'AUC', size, fill: ink3 },
    { kind: 'text', x: right + 26 * unit, y: first, text: decimalText(auc, 3), ...bold, fill: grey ? ctl : ink },
    { kind: 'text', x: right, y: second, text: `± ${decimalText(1.96 * se, 3)}`, size, fill: ink3 },
    ...(known && !small
      ? ([
          { kind: 'text', x: edge, y: first, text: decimalText(clean, 3), size, fill: ink2, anchor: 'end' },
          ...(moved
            ? [
                {
                  kind: 'text',
                  x: edge,
                  y: second,
                  text: `→ ${decimalText(now, 3)}`,
                  ...bold,
                  fill: acc,
                  anchor: 'end',
                } as const,
              ]
            : []),
        ] as const)
      : []),
  ]
}

function tendency({ auc, unread }: Needle): string {
  if (unread !== null) return unread.brief
  return auc >= 0.5 ? 'higher if carry' : 'lower if carry'
}
