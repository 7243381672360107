import type { ResultOf } from '../../analyses/registry'
import type { Chart } from '../drawing/chart'
import { metrics, tokensOf, type Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { cycleColors } from '../drawing/palette'
import { markSeries } from '../echarts/marks'
import { probeLabelPlaces } from './probe-plane'

interface Measure {
  readonly name: string
  readonly value: number
}

/** A probe beside chance and W_U, the singular values of its weights, and its labels in the plane of the first two. */
export function probeChart(result: ResultOf<'probe'>, display: Display): Chart<Measure> {
  const { unit, label: size, strong } = metrics(display)
  const { ink, ink2, ink3, line, ctl, solid, panel, acc } = tokensOf(display)
  const { width, height } = display
  const left = 88 * unit
  const right = Math.max(width * 0.56, left + 60 * unit)
  const bars: readonly (Measure & { readonly fill?: string; readonly spread?: number })[] = [
    { name: 'probe', value: result.accuracy, fill: solid, spread: result.accuracySd },
    { name: 'ln_final, W_U', value: result.unembedAccuracy, fill: acc },
    { name: 'chance', value: result.majority },
    { name: 'area (AUC)', value: result.auc },
  ]
  const plot = { x: left, width: right - left - 56 * unit }
  const row = Math.min(26 * unit, (height * 0.5) / bars.length)
  const text = (x: number, y: number, words: string, more = {}): Mark => {
    return { kind: 'text', x, y, text: words, size, fill: ink2, ...more }
  }
  const barMarks = bars.flatMap(({ name, value, fill, spread = NaN }, index): Mark[] => {
    const y = (index + 0.5) * row
    const known = !Number.isNaN(value)
    const box = { x: plot.x, y: y - 6 * unit, width: known ? value * plot.width : 0, height: 12 * unit }
    const sd = Number.isNaN(spread) ? '' : ` ± ${decimalText(spread, 2)}`
    return [
      text(left - 8 * unit, y, name, { anchor: 'end' }),
      { kind: 'rect', ...box, width: plot.width, stroke: line, strokeWidth: unit },
      ...(known ? [{ kind: 'rect', ...box, ...(fill ? { fill } : { stroke: ctl, strokeWidth: unit }) } as const] : []),
      text(plot.x + plot.width + 6 * unit, y, known ? decimalText(value, 3) + sd : 'reads no such fact', {
        weight: 650,
        fill: ink,
      }),
    ]
  })
  const targets = bars.map(({ name, value }, index): Target<Measure> => {
    return { x: 0, y: index * row, width: right, height: row, datum: { name, value } }
  })
  const top = bars.length * row + 26 * unit
  const values = Array.from(result.singularValues.data)
  const most = Math.max(...values, 1e-9)
  const high = Math.max(height - top - 20 * unit, 10 * unit)
  const step = Math.min((right - left) / Math.max(values.length, 1), 40 * unit)
  const columns = values.flatMap((value, index): Mark[] => [
    {
      kind: 'rect',
      x: left + index * step,
      y: top + high * (1 - value / most),
      width: step - 3 * unit,
      height: (high * value) / most,
      fill: solid,
    },
    text(left + (index + 0.5) * step - unit, top + high + 9 * unit, String(index + 1), {
      anchor: 'middle',
      fill: ink3,
    }),
  ])
  const radius = Math.max(10 * unit, Math.min((width - right) / 2 - 14 * unit, height / 2 - 22 * unit))
  const middle = { x: right + (width - right) / 2, y: height / 2 + 6 * unit }
  const colors = cycleColors(display)
  const labels = result.weights.labels.label ?? []
  const plane = probeLabelPlaces(result.weights).flatMap(([x, y], index): Mark[] => {
    const at = { x: middle.x + x * radius, y: middle.y - y * radius }
    const fill = labels.length === 10 ? colors[index]! : ink
    return [
      { kind: 'circle', ...at, radius: 3 * unit, fill },
      text(at.x, at.y - 10 * unit, labels[index] ?? '', {
        size: strong,
        weight: 650,
        fill: ink,
        anchor: 'middle',
        halo: panel,
      }),
    ]
  })
  const marks: Mark[] = [
    ...barMarks,
    text(left, top - 12 * unit, 'singular values of the probe’s weights', { fill: ink3 }),
    ...columns,
    text(middle.x, 8 * unit, 'labels in the plane of the first two', { fill: ink3, anchor: 'middle' }),
    { kind: 'circle', ...middle, radius, stroke: line, strokeWidth: unit },
    ...plane,
  ]
  return { width, height, targets, option: { animation: false, series: [markSeries('marks', marks, null)] } }
}
