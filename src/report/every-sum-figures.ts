import { everySumDrawing } from '../charts/failures/every-sum-map'
import { failureFigures } from '../charts/failures/failure-figures'
import { histogramTable, mapTable, patternTable, weakestTable } from '../charts/failures/failure-tables'
import { marginHistogramChart } from '../charts/failures/margin-histogram'
import { marginScale } from '../charts/failures/margin-scale'
import { decimalText } from '../charts/drawing/number-text'
import type { Display } from '../charts/drawing/display'
import { readAsTable, type FixedFigure, type ShownFigure } from '../charts/figure'
import type { EverySum } from '../contract/exhaustive'
import { counted } from '../core/counted'
import { formatSum } from '../core/sum-text'
import { vocabLabels } from '../core/vocabulary'
import type { ModelConfig } from '../model/config'

/** A figure of the evaluation of every sum, as a report draws it. */
export interface EverySumFigure {
  readonly figure: FixedFigure
  /** CSS pixels, where the usual ones would be too small. */
  readonly size?: { readonly width: number; readonly height: number }
  readonly show: (every: EverySum, config: ModelConfig) => ShownFigure
}

const unpointed = { note: () => ({ subject: '', lines: [] }) }

/** The map, the margins, the patterns and the weakest sums, as the window's workspace of every sum draws them. */
export const everySumFigures: readonly EverySumFigure[] = [
  {
    figure: failureFigures.map,
    size: { width: 704, height: 652 },
    show: (every, { layout }) => ({
      label: 'Smallest margin of the sums with each pair of leading digits',
      table: mapTable(every, layout),
      finding: `${foundText(every)}; the weakest is ${weakestText(every, layout)}.`,
      draw: (display: Display) =>
        everySumDrawing(
          {
            every,
            layout,
            scale: marginScale(every),
            measure: 'margin',
            sum: null,
            range: null,
            pattern: null,
          },
          display,
        ),
      ...unpointed,
    }),
  },
  {
    figure: failureFigures.margins,
    show: (every) => ({
      label: 'How the smallest margins of all sums are spread',
      table: histogramTable(every),
      finding: `${counted(every.n, 'sum')}, the smallest margin ${decimalText(every.smallestMargin, 2)} logits.`,
      draw: (display: Display) => marginHistogramChart({ every, scale: 'log', own: null, range: null }, display),
      ...unpointed,
    }),
  },
  {
    figure: failureFigures.patterns,
    show: (every) => ({
      label: 'Column patterns',
      table: patternTable(every),
      finding: every.wrong > 0 ? 'By the share that is wrong.' : 'Weakest first.',
      ...readAsTable,
    }),
  },
  {
    figure: failureFigures.weakest,
    show: (every, { layout, d_vocab }) => ({
      label: 'The sums of smallest margin',
      table: weakestTable(every, layout, vocabLabels(layout, d_vocab)),
      finding: `The ${every.weakest.length} that are kept of ${counted(every.n, 'sum')}.`,
      ...readAsTable,
    }),
  },
]

function foundText({ n, wrong }: EverySum): string {
  return wrong === 0
    ? `Nothing wrong in ${counted(n, 'sum')}`
    : `${wrong.toLocaleString('en')} of ${counted(n, 'sum')} wrong`
}

function weakestText({ weakest }: EverySum, layout: ModelConfig['layout']): string {
  const [first] = weakest
  return first ? `${formatSum(first, layout)}, ${decimalText(first.margin, 2)} logits at C${first.digit}` : 'none'
}
