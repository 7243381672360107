import type { AnalysisParams, AnalysisResult } from '../../analyses/analysis'
import { digitLabels } from '../../core/positions'
import { parseSum } from '../../core/sum-text'
import type { Tensor } from '../../core/tensor'
import type { AttentionDatum } from '../attention/attention'
import {
  attributionSummaryDrawing,
  summaryNote,
  summaryTable,
  type AttributionSummaryInput,
  type SummaryDatum,
} from './attribution-summary'
import {
  carryGridDrawing,
  gridNote,
  gridTable,
  type CarryGridInput,
  type GridDatum,
} from '../carry/carry-attention-grid'
import { headOfComponent } from './component'
import type { Act, AnalysisFigure, Around, ShownFigure } from '../figure'
import {
  meanAttentionDrawing,
  meanAttentionNote,
  meanAttentionStatistics,
  meanAttentionTable,
  type MeanAttentionStatistic,
} from '../attention/mean-attention'
import { pathBatchDrawing, pathNote, pathScales, pathTable, type PathPoint, type PathScale } from './path-batch'
import { ofAttribution } from './attribution-definition'

const subset = 'the sums of the subset'

/** How many sums have a point of their own: more only cover each other. */
const pointedSums = 1000

/** Figures of where heads look, and of what parts add, over many sums. */
export const manySumsFigures: readonly AnalysisFigure[] = [
  {
    id: 'mean-attention',
    title: 'Attention over all sums',
    analysis: 'mean-attention',
    about: 'dataset',
    intervened: true,
    cells: [],
    definition: {
      formula: 'mean and standard deviation (ddof 1) of the attention; rows are destinations, columns sources',
      hook: 'blocks.*.attn.hook_pattern',
      over: subset,
      layerNorm: 'as the model runs',
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
  },
  {
    id: 'dla-summary',
    title: 'What adds to the right digit',
    analysis: 'dla-summary',
    about: 'dataset',
    intervened: true,
    cells: [26],
    definition: {
      formula: '(part / scale) @ W_U at the right digit: mean as a bar, standard deviation (ddof 1) as a line',
      hook: ofAttribution.hook,
      over: subset,
      layerNorm: ofAttribution.layerNorm,
      unit: 'logits',
      published: 'The published figure leaves b_O and b_U out, so that its parts do not add up to the logits.',
    },
    size: { width: 1060, height: 320 },
    show: attributionSummary,
  },
  {
    id: 'path-dla-batch',
    title: 'Which way each path turns the answer',
    analysis: 'path-dla-batch',
    about: 'dataset',
    params: { examples: pointedSums },
    intervened: true,
    cells: [32],
    definition: {
      formula:
        'frequency 1 over the ten digits of what each path adds: a point for each sum, coloured by its right digit; ○ is the ring',
      hook: ofAttribution.pathHook,
      over: `each of the first ${pointedSums} sums of the subset for itself`,
      layerNorm: ofAttribution.pathLayerNorm,
      unit: 'logits, degrees',
      published:
        'The published figure divides by the LayerNorm scale of layer 0 where layer 1 reads, and leaves the biases out.',
    },
    size: { width: 1060, height: 620 },
    parts: { kind: 'digit', of: (result) => digitLabels((result['magnitude'] as Tensor).shape[1]!) },
    choices: [{ kind: 'scale', label: 'scale', options: pathScales.map((name) => ({ name })) }],
    show: paths,
  },
  {
    id: 'carry-attention',
    title: 'Last layer’s attention by carry',
    analysis: 'carry-attention',
    about: 'dataset',
    intervened: true,
    cells: [40],
    definition: {
      formula:
        'mean and standard deviation (ddof 1) of the attention from the position that predicts each digit: ▲ with a carry ' +
        'into its column, ○ without, – all sums',
      hook: 'blocks.*.attn.hook_pattern of the last layer',
      over: 'the sums of the subset with a carry into the digit’s column, those without, and all',
      layerNorm: 'as the model runs',
      unit: 'attention, 0 to 1',
      published:
        'The published groups hold sums where a carry comes into the column or leaves it, so that they mix carries with none.',
    },
    size: { width: 1060, height: 640 },
    show: attentionByCarry,
  },
]

function meanAttention(
  result: AnalysisResult,
  _: AnalysisParams,
  __: string,
  { chosen = {} }: Around = {},
): ShownFigure<AttentionDatum> {
  const [mean, std] = [result['mean'], result['std']] as Tensor<readonly ['layer', 'head', 'query', 'key']>[]
  const statistic = (chosen['statistic'] ?? 'mean') as MeanAttentionStatistic
  const input = { mean: mean!, std: std!, show: statistic, columns: mean!.shape[1]! }
  return {
    label: `${statistic === 'mean' ? 'Mean' : 'Standard deviation of the'} attention of every head, rows queries, columns keys`,
    draw: (display) => meanAttentionDrawing(input, display),
    table: meanAttentionTable(input),
    note: (datum) => meanAttentionNote(datum, statistic),
    subject: ({ layer, head, query, key }) => ({ head: `H${layer}.${head}`, query, key }),
  }
}

function attributionSummary(result: AnalysisResult): ShownFigure<SummaryDatum> {
  const input = result as unknown as AttributionSummaryInput
  return {
    label: 'What each part adds to the right digit’s logit, by answer digit: mean and standard deviation',
    draw: (display) => attributionSummaryDrawing(input, display),
    table: summaryTable(input),
    note: summaryNote,
    subject: ({ component }) => (headOfComponent(component) ? { head: component } : {}),
    act: ({ component, digit }): Act | null => {
      const head = headOfComponent(component)
      if (!head) return null
      return {
        words: `mean-ablate ${component} Out in Explore`,
        interventions: [{ site: 'result', ...head, positions: 'all', mode: 'mean' }],
        focus: Number(digit.slice(1)),
      }
    },
  }
}

function paths(
  result: AnalysisResult,
  _: AnalysisParams,
  part: string,
  { chosen = {} }: Around = {},
): ShownFigure<PathPoint> {
  const [magnitude, phase] = [result['magnitude'], result['phase']] as Tensor<
    readonly ['component', 'digit', 'example']
  >[]
  const numDigits = magnitude!.shape[1]!
  const focus = Number(part.slice(1))
  const scale = (chosen['scale'] ?? 'own scale') as PathScale
  const input = { magnitude: magnitude!, phase: phase!, focus, scale }
  return {
    label: `Which way each path turns ${part}, a point for each sum: angle and size of frequency 1`,
    draw: (display) => pathBatchDrawing(input, display),
    table: pathTable(input),
    note: pathNote,
    act: ({ sum }) => ({
      words: `open ${sum} in Explore`,
      sum: parseSum(sum.slice(0, sum.indexOf('=')), numDigits),
      focus,
    }),
  }
}

function attentionByCarry(result: AnalysisResult): ShownFigure<GridDatum> {
  const input = result as unknown as CarryGridInput
  return {
    label:
      'Attention of the last layer from every answer digit, with a carry into its column, without, and over all sums',
    draw: (display) => carryGridDrawing(input, display),
    table: gridTable(input),
    note: gridNote,
    subject: ({ head, key }) => ({ head, key }),
    act: ({ head, digit }) => ({
      words: `open ${head} and digit ${digit} in Explore`,
      head: headOfComponent(head)!,
      focus: Number(digit.slice(1)),
    }),
  }
}
