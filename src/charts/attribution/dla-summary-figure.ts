import { defineFigure, type Act, type AnswerTo, type ShownFigure } from '../figure'
import { summaryFinding } from './attribution-findings'
import { ofAttribution } from './attribution-definition'
import { summaryNote, summaryTable, type SummaryDatum } from './attribution-summary'
import { attributionSummaryChart } from './attribution-summary-chart'
import { headOfComponent } from './component'

/** What parts add to the right digit, over many sums. */
export const dlaSummaryFigure = defineFigure({
  id: 'dla-summary',
  title: 'What adds to the right digit',
  analysis: 'dla-summary',
  about: 'dataset',
  intervened: true,
  cells: [26],
  definition: {
    formula: '(part / scale) @ W_U at the right digit: mean as a bar, standard deviation (ddof 1) as a line',
    hook: ofAttribution.hook,
    layerNorm: ofAttribution.layerNorm,
    unit: 'logits',
    published: 'The published figure leaves b_O and b_U out, so that its parts do not add up to the logits.',
  },
  size: { width: 1060, height: 320 },
  show: attributionSummary,
})

function attributionSummary({ result: input }: AnswerTo<'dla-summary'>): ShownFigure<SummaryDatum> {
  return {
    label: 'What each part adds to the right digit’s logit, by answer digit: mean and standard deviation',
    finding: summaryFinding(input.mean),
    draw: (display) => attributionSummaryChart(input, display),
    table: summaryTable(input),
    note: summaryNote,
    subject: ({ component }) => (headOfComponent(component) ? { head: component } : {}),
    act: ({ component, focus }): Act | null => {
      const head = headOfComponent(component)
      if (!head) return null
      return {
        words: `mean-ablate ${component} Out in Explore`,
        interventions: [{ site: 'result', ...head, positions: 'all', mode: 'mean' }],
        focus,
      }
    },
  }
}
