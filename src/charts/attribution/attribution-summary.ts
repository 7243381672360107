import type { Tensor } from '../../core/tensor'
import { hookOfComponent } from './component'
import { decimalText, signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
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
  /** `C1`, and its index. */
  readonly digit: string
  readonly focus: number
  readonly mean: number
  /** NaN for a single sum. */
  readonly std: number
}

/** The bars, component by component. */
export function summaryData({ mean, std }: AttributionSummaryInput): SummaryDatum[] {
  const digits = mean.labels.digit ?? []
  return (mean.labels.component ?? []).flatMap((component, row) =>
    digits.map((digit, column) => {
      const at = row * digits.length + column
      return { component, digit, focus: column, mean: mean.data[at]!, std: std.data[at]! }
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
