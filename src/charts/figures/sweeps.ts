import type { AnalysisParams, AnalysisResult } from '../../analyses/analysis'
import { digitLabels } from '../../core/positions'
import { sliceOf } from '../../core/slice'
import type { Tensor } from '../../core/tensor'
import {
  carryAttentionChart,
  carryAttentionNote,
  carryAttentionTable,
  type CarryAttentionDatum,
  type CarryAttentionInput,
} from '../carry-attention'
import type { AnalysisFigure, ShownFigure } from '../figure'
import { lossDifferenceChart, lossNote, lossTable, type LossDatum, type LossDifferenceInput } from '../loss-difference'

const subset = 'the sums of the subset, which also give the means'

/** Figures of what cuts do to the answers of many sums. */
export const sweepFigures: readonly AnalysisFigure[] = [
  {
    id: 'head-ablation',
    title: 'Loss difference',
    analysis: 'head-ablation',
    about: 'dataset',
    cells: [18],
    definition: {
      formula: 'loss with one head’s output replaced, less the clean loss',
      hook: 'blocks.*.attn.hook_result',
      over: subset,
      layerNorm: 'as the model runs',
      unit: 'nats',
    },
    show: (result, { mode = 'mean' }) => losses(result as unknown as Losses, `${mode} ablation`),
  },
  {
    id: 'qkv-ablation',
    title: 'Loss difference of q, k and v',
    analysis: 'qkv-ablation',
    about: 'dataset',
    cells: [20, 38],
    definition: {
      formula: 'loss with one head’s queries, keys or values replaced, less the clean loss',
      hook: 'blocks.*.attn.hook_q, hook_k, hook_v',
      over: subset,
      layerNorm: 'as the model runs',
      unit: 'nats',
    },
    parts: { kind: 'site', of: (result) => (result['lossDiff'] as Tensor).labels['site'] ?? [] },
    show: queriesKeysValues,
  },
  {
    id: 'carry-attention',
    title: 'Last layer’s attention by carry',
    analysis: 'carry-attention',
    about: 'dataset',
    intervened: true,
    cells: [40],
    definition: {
      formula: 'mean and standard deviation (ddof 1) of the attention from the position that predicts the digit',
      hook: 'blocks.*.attn.hook_pattern of the last layer',
      over: 'the sums of the subset with a carry into the digit’s column, and those without',
      layerNorm: 'as the model runs',
      unit: 'attention, 0 to 1',
      published:
        'The published groups hold sums where a carry comes into the column or leaves it, so that they mix carries with none.',
    },
    parts: { kind: 'digit', of: (result) => digitLabels((result['mean'] as Tensor).shape[1]!) },
    show: attentionByCarry,
  },
]

type Losses = Omit<LossDifferenceInput, 'focus'>

function losses(result: Losses, cut: string): ShownFigure<LossDatum> {
  const input = { lossDiff: result.lossDiff, lossDiffPerDigit: result.lossDiffPerDigit, focus: null }
  return {
    label: `Loss added by ${cut} of each head alone, by answer digit, in nats`,
    draw: (display) => lossDifferenceChart(input, display),
    table: lossTable(input),
    note: (datum) => lossNote(datum, cut),
    subject: ({ head }) => ({ head }),
  }
}

function queriesKeysValues(result: AnalysisResult, { mode = 'mean' }: AnalysisParams, part: string) {
  const lossDiff = result['lossDiff'] as Tensor<readonly ['site', 'layer', 'head']>
  const lossDiffPerDigit = result['lossDiffPerDigit'] as Tensor<readonly ['site', 'layer', 'head', 'digit']>
  const site = (lossDiff.labels.site ?? []).indexOf(part)
  const ofSite = { lossDiff: sliceOf(lossDiff, site), lossDiffPerDigit: sliceOf(lossDiffPerDigit, site) }
  return losses(ofSite, `${mode} ablation of ${part}`)
}

function attentionByCarry(result: AnalysisResult, _: AnalysisParams, part: string): ShownFigure<CarryAttentionDatum> {
  const statistics = result as unknown as Omit<CarryAttentionInput, 'focus'>
  const focus = digitLabels(statistics.mean.shape[1]!).indexOf(part)
  const input = { ...statistics, focus }
  return {
    label: `Attention of the last layer from ${part}, with a carry and without`,
    draw: (display) => carryAttentionChart(input, display),
    table: carryAttentionTable(input),
    note: carryAttentionNote,
    subject: ({ head, key }) => ({ head, key }),
  }
}
