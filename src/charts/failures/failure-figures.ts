import type { FixedFigure } from '../figure'

const over = 'every sum there is, or those that are evaluated so far'
const margin = 'margin of a sum: the right digit’s logit less the best other output’s, smallest of the answer’s digits'
const common = { hook: 'unembed.hook_out at the positions that predict', over, layerNorm: 'as the model runs' } as const

function figure(id: string, title: string, formula: string, unit: string): FixedFigure {
  return { id, title, definition: { formula, unit, ...common } }
}

/** The figures of the evaluation of every sum. */
export const failureFigures = {
  map: figure(
    'every-sum',
    'Every sum',
    `smallest ${margin}, of the sums with the same leading digits; red: any of them is wrong`,
    'logits',
  ),
  cell: figure('every-sum-cell', 'Cell', `${margin}, one by one`, 'logits'),
  margins: figure('margin-histogram', 'Margins', `number of sums by ${margin}, in bins of 0.25 logits`, 'sums'),
  nearest: figure(
    'nearest-failure',
    'Nearest',
    'the sums that fewest digits tell from this one, of equally many those of smallest margin',
    'logits',
  ),
  patterns: figure(
    'failure-patterns',
    'Patterns',
    `by column pattern: sums, wrong ones, smallest and median ${margin}`,
    'logits',
  ),
  weakest: figure('weakest-sums', 'Weakest sums', `the sums of smallest margin; ${margin}`, 'logits'),
} as const
