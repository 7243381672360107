import type { ResultOf } from '../../analyses/registry'
import { decimalText, signedText } from '../drawing/number-text'
import { defineFigure, type AnyFigure, type ShownFigure } from '../figure'
import { namedMatrixFigure, type NamedCell } from './named-matrix'

const circleMeasures = ['variance', 'within', 'frequency1'] as const
const layerNorm = 'each stage divided by its own scale'
const hook = 'blocks.*.hook_resid_pre, hook_resid_post'

/** How the answer comes about from layer to layer, and what the heads are worth together. */
export const stageFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'residual-circle',
    title: 'The answer as an angle',
    analysis: 'residual-circle',
    about: 'dataset',
    intervened: true,
    cells: [],
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
    show: (result, _, __, { chosen = {} }) => circle(result, chosen['measure']),
  }),
  defineFigure({
    id: 'logit-lens',
    title: 'What can be read after each layer',
    analysis: 'logit-lens',
    about: 'dataset',
    intervened: true,
    cells: [],
    definition: {
      formula: 'share of digits that ln_final and the unembedding get right from the stream after each layer',
      hook,
      over: 'the sums of the subset',
      layerNorm: 'ln_final with its own scale at each stage',
      unit: 'share of sums',
    },
    size: { width: 620, height: 240 },
    show: ({ accuracy }) => byStage(accuracy, 'Share of right digits after each layer', 'accuracy'),
  }),
  defineFigure({
    id: 'interaction',
    mostHeads: 10,
    title: 'Heads together',
    analysis: 'interaction',
    about: 'dataset',
    clean: true,
    means: true,
    cells: [],
    definition: {
      formula:
        'Shapley interaction of the mean loss: how much more two heads cost together than apart, whatever else is ablated',
      hook: 'blocks.*.attn.hook_result',
      over: 'the sums of the subset, which also give the means',
      layerNorm: 'as the model runs',
      unit: 'nats',
    },
    size: { width: 620, height: 420 },
    choices: [
      {
        kind: 'pair',
        label: 'what else is ablated',
        options: [{ name: 'any others' }, { name: 'none' }],
      },
    ],
    show: (result, _, __, { chosen = {} }) => pairs(result, chosen['pair'] === 'none'),
  }),
]

function circle(result: ResultOf<'residual-circle'>, measure: string | undefined): ShownFigure<NamedCell> {
  const chosen = circleMeasures.find((name) => name === measure) ?? 'variance'
  return byStage(result[chosen], `${chosen} of the answer’s digits after each layer`, chosen)
}

function byStage(
  { labels, data }: ResultOf<'logit-lens'>['accuracy'],
  label: string,
  unit: string,
): ShownFigure<NamedCell> {
  return namedMatrixFigure({
    label,
    rows: { title: 'stage', names: labels.stage! },
    columns: { title: 'answer digit', names: labels.digit! },
    values: data,
    unit,
    limit: 1,
    hook,
    finding: ({ row, column, value }) => `The largest is that of ${column} at ${row}: ${decimalText(value, 3)}.`,
  })
}

function pairs({ pair, pairPlain }: ResultOf<'interaction'>, plain: boolean): ShownFigure<NamedCell> {
  const { data, labels } = plain ? pairPlain : pair
  return namedMatrixFigure({
    label: 'By how much two heads cost more together than apart, every pair of heads',
    rows: { title: 'head', names: labels.headA! },
    columns: { title: 'head', names: labels.headB! },
    values: data,
    unit: 'nats',
    signed: true,
    hook: 'blocks.*.attn.hook_result',
    finding: ({ row, column, value }) =>
      `${row} and ${column} go together the most: ${signedText(value, 2)} nats. Below 0 they are one chain, above they stand in for each other.`,
  })
}
