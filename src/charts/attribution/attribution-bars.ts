import { type AttributionDatum, type AttributionInput, logitRow } from './attribution-input'
import type { Mark } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import { signColors } from '../drawing/palette'

/** A horizontal axis from -limit to limit logits. */
export interface BarScale {
  readonly start: number
  readonly end: number
  readonly limit: number
  readonly at: (value: number) => number
}

export function barScale(start: number, end: number, limit: number): BarScale {
  return { start, end, limit, at: (value) => (start + end) / 2 + ((value / limit) * (end - start)) / 2 }
}

interface BarLayout {
  readonly rows: readonly (readonly AttributionDatum[])[]
  readonly truth: number
  readonly scale: BarScale
  readonly middle: (row: number) => number
  readonly rowHeight: number
  readonly input: AttributionInput
  readonly display: Display
}

/** The true digit's column of the map as bars: outline clean, solid intervened. */
export function partBars(layout: BarLayout): Mark[] {
  return [...axisMarks(layout), ...layout.rows.flatMap((_, index) => bar(index, layout))]
}

function axisMarks({ rows, scale, middle, rowHeight, display }: BarLayout): Mark[] {
  const { unit, label: size } = metrics(display)
  const { line, ctl, ink3 } = tokensOf(display)
  const top = middle(0) - rowHeight / 2
  const bottom = middle(rows.length - 1) + rowHeight / 2
  const ticks = [-1, -0.5, 0, 0.5, 1].map((share) => share * scale.limit)
  const rules = ticks.map((tick): Mark => {
    const x = scale.at(tick)
    return { kind: 'lines', paths: [[x, top, x, bottom]], stroke: tick === 0 ? ctl : line, strokeWidth: unit }
  })
  const names = ticks.map((tick): Mark => {
    const text = (tick === scale.limit ? '+' : '') + decimalText(tick, Number.isInteger(tick) ? 0 : 1)
    const place = { x: scale.at(tick), y: display.height - 10 * unit, anchor: 'middle' as const }
    return { kind: 'text', text, size, fill: ink3, ...place }
  })
  return [...rules, ...names]
}

function bar(index: number, { rows, truth, scale, middle, rowHeight, input, display }: BarLayout): Mark[] {
  const { unit } = metrics(display)
  const { solid, ink2 } = tokensOf(display)
  const { component, clean, now } = rows[index]![truth]!
  const { negative, positive } = signColors(display)
  const box = (value: number, thickness: number) => {
    const width = Math.max(Math.abs(scale.at(value) - scale.at(0)), 0.5)
    return { x: Math.min(scale.at(value), scale.at(0)), y: middle(index) - thickness / 2, width, height: thickness }
  }
  const marks: Mark[] = []
  const fill = component === logitRow ? solid : now < 0 ? negative : positive
  if (input.intervened && !Number.isNaN(now)) marks.push({ kind: 'rect', ...box(now, rowHeight * 0.54), fill })
  if (!Number.isNaN(clean))
    marks.push({ kind: 'rect', ...box(clean, rowHeight * 0.7), stroke: ink2, strokeWidth: 1.5 * unit })
  return marks
}
