import type { ResultOf } from '../../analyses/registry'
import { decimalText } from '../drawing/number-text'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { matrixOf, namedMatrixFigure } from './named-matrix'
import type { NamedCell } from './named-matrix-chart'

const circleMeasures = ['variance', 'within', 'frequency1'] as const
const layerNorm = 'each stage divided by its own scale'
const hook = 'blocks.*.hook_resid_pre, hook_resid_post'

/** How the answer comes about from layer to layer. */
export const stageFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'residual-circle',
    title: 'The answer as an angle',
    analysis: 'residual-circle',
    about: 'dataset',
    intervened: true,
    definition: {
      formula:
        'share of the digits’ centroids in the plane that W_U reads best (variance), share of all variance that they hold (within), ' +
        'and share of frequency 1 in them',
      hook,
      over: 'the sums of the subset, by the right digit',
      layerNorm,
      unit: 'share',
    },
    // The shares are over all sums; the points of each, which a report would carry along, are not shown.
    params: { examples: 1 },
    size: { width: 620, height: 240 },
    choices: [{ kind: 'measure', label: 'share', options: circleMeasures.map((name) => ({ name })) }],
    show: circle,
  }),
  defineFigure({
    id: 'logit-lens',
    title: 'What can be read after each layer',
    analysis: 'logit-lens',
    about: 'dataset',
    intervened: true,
    definition: {
      formula: 'share of digits that ln_final and the unembedding get right from the stream after each layer',
      hook,
      layerNorm: 'ln_final with its own scale at each stage',
      unit: 'share of sums',
    },
    size: { width: 620, height: 240 },
    show: ({ result }) => byStage(result.accuracy, 'Share of right digits after each layer', 'accuracy'),
  }),
]

function circle({ result, chosen = {} }: AnswerTo<'residual-circle'>): ShownFigure<NamedCell> {
  const measure = circleMeasures.find((name) => name === chosen['measure']) ?? 'variance'
  return byStage(result[measure], `${measure} of the answer’s digits after each layer`, measure)
}

function byStage(shares: ResultOf<'logit-lens'>['accuracy'], label: string, unit: string): ShownFigure<NamedCell> {
  return namedMatrixFigure({
    label,
    ...matrixOf(shares, ['stage', 'stage'], ['digit', 'answer digit']),
    unit,
    limit: 1,
    hook,
    finding: ({ row, column, value }) => `The largest is that of ${column} at ${row}: ${decimalText(value, 3)}.`,
  })
}
