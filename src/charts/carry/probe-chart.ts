import type { ResultOf } from '../../analyses/registry'
import type { Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark, Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { cycleColors } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { markChart } from '../echarts/marks'
import { probeLabelPlaces } from './probe-plane'

interface Measure {
  readonly name: string
  readonly value: number
}

interface MeasureBar extends Measure {
  /** An outline, where it is not told. */
  readonly fill?: string
  /** Standard deviation. */
  readonly spread?: number
}

/** A probe beside chance and W_U, the singular values of its weights, and its labels in the plane of the first two. */
export function probeChart(result: ResultOf<'probe'>, display: Display): Chart<Measure> {
  const { unit, solid, acc } = penOf(display)
  const { width, height } = display
  const left = 88 * unit
  const right = Math.max(width * 0.56, left + 60 * unit)
  const bars: readonly MeasureBar[] = [
    { name: 'probe', value: result.accuracy, fill: solid, spread: result.accuracySd },
    { name: 'ln_final, W_U', value: result.unembedAccuracy, fill: acc },
    { name: 'chance', value: result.majority },
    { name: 'area (AUC)', value: result.auc },
  ]
  const row = Math.min(26 * unit, (height * 0.5) / bars.length)
  const top = bars.length * row + 26 * unit
  const below = { x: left, y: top, width: right - left, height: Math.max(height - top - 20 * unit, 10 * unit) }
  const marks = [
    ...bars.flatMap((bar, index) => {
      const box = { x: left, y: index * row, width: right - left - 56 * unit, height: row }
      return barMarks(bar, box, display)
    }),
    ...columnMarks(Array.from(result.singularValues.data), below, display),
    ...planeMarks(result, right, display),
  ]
  const targets = bars.map(({ name, value }, index): Target<Measure> => {
    return { x: 0, y: index * row, width: right, height: row, datum: { name, value } }
  })
  return markChart(display, marks, targets)
}

function barMarks({ name, value, fill, spread = NaN }: MeasureBar, { x, y, width, height }: Box, display: Display) {
  const { unit, ink, line, ctl, text } = penOf(display)
  const middle = y + 0.5 * height
  const known = !Number.isNaN(value)
  const box = { x, y: middle - 6 * unit, width: known ? value * width : 0, height: 12 * unit }
  const sd = Number.isNaN(spread) ? '' : ` ± ${decimalText(spread, 2)}`
  const figure = known ? decimalText(value, 3) + sd : 'reads no such fact'
  const marks: Mark[] = [
    text(x - 8 * unit, middle, name, { anchor: 'end' }),
    { kind: 'rect', ...box, width, stroke: line, strokeWidth: unit },
    ...(known ? [{ kind: 'rect', ...box, ...(fill ? { fill } : { stroke: ctl, strokeWidth: unit }) } as const] : []),
    text(x + width + 6 * unit, middle, figure, { weight: 650, fill: ink }),
  ]
  return marks
}

/** The singular values of a probe's weights, the largest as high as the box. */
function columnMarks(values: readonly number[], { x, y, width, height }: Box, display: Display): Mark[] {
  const { unit, solid, ink3, text } = penOf(display)
  const most = Math.max(...values, 1e-9)
  const step = Math.min(width / Math.max(values.length, 1), 40 * unit)
  const columns = values.flatMap((value, index): Mark[] => {
    const box = { x: x + index * step, y: y + height * (1 - value / most), width: step - 3 * unit }
    const middle = x + (index + 0.5) * step - unit
    return [
      { kind: 'rect', ...box, height: (height * value) / most, fill: solid },
      text(middle, y + height + 9 * unit, String(index + 1), { anchor: 'middle', fill: ink3 }),
    ]
  })
  return [text(x, y - 12 * unit, 'singular values of the probe’s weights', { fill: ink3 }), ...columns]
}

/** The labels in the plane of the weights' first two singular vectors, right of `left`. */
function planeMarks({ weights }: ResultOf<'probe'>, left: number, display: Display): Mark[] {
  const { unit, strong: size, ink, ink3, line, panel, text } = penOf(display)
  const { width, height } = display
  const radius = Math.max(10 * unit, Math.min((width - left) / 2 - 14 * unit, height / 2 - 22 * unit))
  const middle = { x: left + (width - left) / 2, y: height / 2 + 6 * unit }
  const colors = cycleColors(display)
  const labels = weights.labels.label ?? []
  const look = { size, weight: 650, fill: ink, anchor: 'middle', halo: panel } as const
  const places = probeLabelPlaces(weights).flatMap(([x, y], index): Mark[] => {
    const at = { x: middle.x + x * radius, y: middle.y - y * radius }
    const fill = labels.length === 10 ? colors[index]! : ink
    return [{ kind: 'circle', ...at, radius: 3 * unit, fill }, text(at.x, at.y - 10 * unit, labels[index] ?? '', look)]
  })
  return [
    text(middle.x, 8 * unit, 'labels in the plane of the first two', { fill: ink3, anchor: 'middle' }),
    { kind: 'circle', ...middle, radius, stroke: line, strokeWidth: unit },
    ...places,
  ]
}
