import type { Tensor } from '../../core/tensor'
import { hookOfComponent } from './component'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText, signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { signColors, symmetricLimit } from '../drawing/palette'
import { shifted, smallMultiples } from '../drawing/small-multiples'
import type { Table } from '../drawing/table'

/**
 * What each part of the final residual stream adds to the right digit's logit, over many sums: mean as a bar, standard
 * deviation (ddof 1) as a line to both sides of its end. One plot for each answer digit, all on one scale, in logits.
 */
export interface AttributionSummaryInput {
  readonly mean: Tensor<readonly ['component', 'digit']>
  readonly std: Tensor<readonly ['component', 'digit']>
}

/** One bar, in logits. */
export interface SummaryDatum {
  readonly component: string
  /** `C1`. */
  readonly digit: string
  readonly mean: number
  /** NaN for a single sum. */
  readonly std: number
}

export function attributionSummaryDrawing(input: AttributionSummaryInput, display: Display): Drawing<SummaryDatum> {
  const { unit, label: size } = metrics(display)
  const { ink2 } = tokensOf(display)
  const data = summaryData(input)
  const reaches = data.flatMap(({ mean, std }) => {
    const spread = Number.isNaN(std) ? 0 : std
    return [mean - spread, mean + spread]
  })
  const limit = symmetricLimit(reaches)
  const components = input.mean.labels.component ?? []
  const digits = input.mean.labels.digit ?? []
  const left = 76 * unit
  const height = (display.height - 16 * unit - 20 * unit) / Math.max(components.length, 1)
  const names = components.map((text, row): Mark => {
    const place = { x: left - 8 * unit, y: (row + 0.5) * height + 16 * unit, anchor: 'end' } as const
    return { kind: 'text', text, size: size + unit, font: 'mono', fill: ink2, ...place }
  })
  const multiples = digits.map((name) => ({
    name,
    draw: (part: Display) =>
      plot(
        data.filter(({ digit }) => digit === name),
        height,
        limit,
        part,
      ),
  }))
  const { marks, targets } = smallMultiples(multiples, digits.length, { ...display, width: display.width - left })
  return drawing(
    display,
    [...names, ...marks.map((mark) => shifted(mark, left, 0))],
    targets.map((target) => ({ ...target, x: target.x + left })),
  )
}

function plot(data: readonly SummaryDatum[], height: number, limit: number, display: Display): Drawing<SummaryDatum> {
  const { unit, label: size } = metrics(display)
  const { line, ctl, ink2, ink3 } = tokensOf(display)
  const { negative, positive } = signColors(display)
  const [start, end] = [2 * unit, display.width - 2 * unit]
  const at = (value: number) => (start + end) / 2 + ((value / limit) * (end - start)) / 2
  const bottom = height * data.length
  const axis = [-1, 0, 1].flatMap((share): Mark[] => {
    const x = at(share * limit)
    const anchor = share < 0 ? 'start' : share > 0 ? 'end' : 'middle'
    const text = (share > 0 ? '+' : '') + decimalText(share * limit, limit < 1 ? 2 : 0)
    return [
      { kind: 'lines', paths: [[x, 0, x, bottom]], stroke: share === 0 ? ctl : line, strokeWidth: unit },
      { kind: 'text', x, y: bottom + 10 * unit, text, size, fill: ink3, anchor },
    ]
  })
  const bars = data.flatMap(({ mean, std }, row): Mark[] => {
    if (Number.isNaN(mean)) return []
    const middle = (row + 0.5) * height
    const box = { x: Math.min(at(0), at(mean)), y: middle - height * 0.29, height: height * 0.58 }
    const bar: Mark = {
      kind: 'rect',
      ...box,
      width: Math.max(Math.abs(at(mean) - at(0)), 0.5),
      fill: mean < 0 ? negative : positive,
    }
    if (Number.isNaN(std)) return [bar]
    const spread = [at(mean - std), middle, at(mean + std), middle]
    return [bar, { kind: 'lines', paths: [spread], stroke: ink2, strokeWidth: 1.5 * unit }]
  })
  const targets = data.map((datum, row): Target<SummaryDatum> => {
    return { x: start, y: row * height, width: end - start, height, datum }
  })
  return drawing(display, [...axis, ...bars], targets)
}

/** The bars, component by component. */
export function summaryData({ mean, std }: AttributionSummaryInput): SummaryDatum[] {
  const digits = mean.labels.digit ?? []
  return (mean.labels.component ?? []).flatMap((component, row) =>
    digits.map((digit, column) => {
      const at = row * digits.length + column
      return { component, digit, mean: mean.data[at]!, std: std.data[at]! }
    }),
  )
}

export function summaryNote({ component, digit, mean, std }: SummaryDatum): Note {
  const lines = [
    { label: 'mean', value: `${signedText(mean, 2)} logits` },
    { label: 'standard deviation', value: `${decimalText(std, 2)} logits` },
  ]
  const hook = hookOfComponent(component)
  const subject = `${component} → right digit, ${digit}`
  return hook === null ? { subject, lines } : { subject, lines, hook }
}

export function summaryTable(input: AttributionSummaryInput): Table {
  return {
    caption: 'What each part adds to the right digit’s logit: mean and standard deviation, in logits',
    columns: ['component', 'digit', 'mean', 'standard deviation'],
    rows: summaryData(input).map(({ component, digit, mean, std }) => [component, digit, mean, std]),
  }
}
