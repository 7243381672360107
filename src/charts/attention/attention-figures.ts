import { headLabels } from '../../core/heads'
import { headOfComponent } from '../attribution/component'
import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import { columnsFinding, looksFinding } from './attention-findings'
import { attentionDrawing, attentionNote, attentionTable, type AttentionDatum } from './attention'
import {
  meanAttentionDrawing,
  meanAttentionNote,
  meanAttentionStatistics,
  meanAttentionTable,
  type MeanAttentionStatistic,
} from './mean-attention'

/** Where each head looks, for one sum. */
export const attentionFigure = defineFigure({
  id: 'attention',
  title: 'Attention',
  analysis: 'attention',
  about: 'sum',
  intervened: true,
  cells: [21],
  definition: {
    formula: 'softmax of the scores; rows are destinations (queries), columns sources (keys)',
    hook: 'blocks.*.attn.hook_pattern',
    unit: 'attention, 0 to 1',
  },
  parts: { kind: 'head', of: ({ pattern: { shape } }) => headLabels(shape[0]!, shape[1]!) },
  show: attention,
})

/** Where each head looks, over many sums. */
export const meanAttentionFigure = defineFigure({
  id: 'mean-attention',
  title: 'Attention over all sums',
  analysis: 'mean-attention',
  about: 'dataset',
  intervened: true,
  definition: {
    formula: 'mean and standard deviation (ddof 1) of the attention; rows are destinations, columns sources',
    hook: 'blocks.*.attn.hook_pattern',
    unit: 'attention, 0 to 1',
  },
  size: { width: 1060, height: 720 },
  choices: [
    {
      kind: 'statistic',
      label: 'statistic',
      options: meanAttentionStatistics.map((name) => ({ name, reported: true })),
    },
  ],
  show: meanAttention,
})

function attention({ result: { pattern }, part, layout }: AnswerTo<'attention'>): ShownFigure<AttentionDatum> {
  const { layer, head } = headOfComponent(part)!
  const input = { pattern, layer, head, layout }
  return {
    label: `Attention of ${part}, rows queries, columns keys`,
    finding: looksFinding(input),
    draw: (display) => attentionDrawing(input, display),
    table: attentionTable(input),
    note: attentionNote,
    subject: ({ query, key }) => ({ head: part, query, key }),
  }
}

function meanAttention({ result, layout, chosen = {} }: AnswerTo<'mean-attention'>): ShownFigure<AttentionDatum> {
  const { mean, std } = result
  const statistic = (chosen['statistic'] ?? 'mean') as MeanAttentionStatistic
  const input = { mean, std, show: statistic, layout, columns: mean.shape[1]! }
  return {
    label: `${statistic === 'mean' ? 'Mean' : 'Standard deviation of the'} attention of every head, rows queries, columns keys`,
    finding: columnsFinding(mean, layout),
    draw: (display) => meanAttentionDrawing(input, display),
    table: meanAttentionTable(input),
    note: (datum) => meanAttentionNote(datum, statistic),
    subject: ({ layer, head, query, key }) => ({ head: `H${layer}.${head}`, query, key }),
  }
}
