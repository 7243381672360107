import type { AnalysisParams, AnalysisResult } from '../../analyses/analysis'
import { headLabels } from '../../core/heads'
import { digitLabels, equalsPosition, positionInText, positionLabels } from '../../core/positions'
import { digitsOf } from '../../core/tokens'
import type { Tensor } from '../../core/tensor'
import {
  attentionCells,
  attentionDrawing,
  attentionNote,
  attentionTable,
  type AttentionDatum,
} from '../attention/attention'
import { attributionDrawing, attributionNote, attributionTable } from './attribution'
import type { AttributedRun, AttributionDatum, AttributionInput } from './attribution-input'
import { logitClosure } from '../drawing/closure'
import { headOfComponent } from './component'
import type { Display } from '../drawing/display'
import type { Drawing } from '../drawing/drawing'
import type { AnalysisFigure, ShownFigure } from '../figure'
import { decimalText, signedText } from '../drawing/number-text'
import { oneName, renameNote, runName } from '../drawing/run-names'
import { pathAttributionDrawing } from './path-attribution'
import { predictionNote, predictionsDrawing, predictionsTable, type PredictionDatum } from '../sums/predictions'
import type { PredictionsInput } from '../sums/predictions-input'
import { ofAttribution } from './attribution-definition'

const oneSum = 'one sum; nothing is averaged'

/** Figures of a single sum. */
export const singleSumFigures: readonly AnalysisFigure[] = [
  {
    id: 'predictions',
    title: 'Predictions',
    analysis: 'predictions',
    about: 'sum',
    intervened: true,
    cells: [8],
    definition: {
      formula: 'softmax over all 12 outputs at the positions that predict C0 onwards',
      hook: 'unembed.hook_out',
      over: oneSum,
      layerNorm: 'as the model runs',
      unit: 'probability',
    },
    show: predictions,
  },
  {
    id: 'attention',
    title: 'Attention',
    analysis: 'attention',
    about: 'sum',
    intervened: true,
    cells: [21],
    definition: {
      formula: 'softmax of the scores; rows are destinations (queries), columns sources (keys)',
      hook: 'blocks.*.attn.hook_pattern',
      over: oneSum,
      layerNorm: 'as the model runs',
      unit: 'attention, 0 to 1',
    },
    parts: { kind: 'head', of: (result) => headsOf(result['pattern'] as Pattern) },
    show: attention,
  },
  {
    id: 'dla',
    title: 'Logit attribution',
    analysis: 'dla',
    about: 'sum',
    intervened: true,
    cells: [25],
    definition: {
      formula: '(part / scale) @ W_U, for each part of the last residual stream',
      hook: ofAttribution.hook,
      over: oneSum,
      layerNorm: ofAttribution.layerNorm,
      unit: 'logits',
      published: 'The published figure leaves b_O and b_U out, so that its parts do not add up to the logits.',
    },
    parts: { kind: 'digit', of: (result) => digitsIn(result['attribution'] as Attribution) },
    show: (result, params, part) => attribution('Logit attribution', attributionDrawing, result, params, part),
  },
  {
    id: 'path-dla',
    title: 'Logit attribution by path',
    analysis: 'path-dla',
    about: 'sum',
    intervened: true,
    cells: [28],
    definition: {
      formula: 'pattern · (source / ln1 scale) @ W_V @ W_O, then as the logit attribution',
      hook: ofAttribution.pathHook,
      over: oneSum,
      layerNorm: ofAttribution.pathLayerNorm,
      unit: 'logits',
      published:
        'The published figure divides by the LayerNorm scale of layer 0 where layer 1 reads, and leaves the biases out.',
    },
    parts: { kind: 'digit', of: (result) => digitsIn(result['attribution'] as Attribution) },
    show: (result, params, part) =>
      attribution('Logit attribution by path', pathAttributionDrawing, result, params, part),
  },
]

type Pattern = Tensor<readonly ['layer', 'head', 'query', 'key']>
type Attribution = AttributedRun['attribution']

function headsOf({ shape }: Pattern): readonly string[] {
  return headLabels(shape[0]!, shape[1]!)
}

function digitsIn({ shape }: Attribution): readonly string[] {
  return digitLabels(shape[1]!)
}

function predictions(result: AnalysisResult, params: AnalysisParams): ShownFigure<PredictionDatum> {
  const probs = result['probs'] as PredictionsInput['clean']['probs']
  const run = { probs, predicted: Array.from((result['predicted'] as Tensor).data) }
  const truth = answerDigits(params, probs.shape[0]!)
  const names = oneName(runName(params))
  const input = { clean: run, now: run, intervened: false, truth, focus: null, scale: 'p', names } as const
  return {
    label: 'Probability of each digit at each answer position',
    draw: (display) => predictionsDrawing(input, display),
    table: predictionsTable(input),
    note: (datum) => renameNote(predictionNote(datum, false), names),
  }
}

function attention(result: AnalysisResult, _: AnalysisParams, part: string): ShownFigure<AttentionDatum> {
  const pattern = result['pattern'] as Pattern
  const { layer, head } = headOfComponent(part)!
  const input = { pattern, layer, head, numDigits: (pattern.shape[3]! - 2) / 3 }
  return {
    label: `Attention of ${part}, rows queries, columns keys`,
    finding: keenest(attentionCells(input), input.numDigits),
    draw: (display) => attentionDrawing(input, display),
    table: attentionTable(input),
    note: attentionNote,
    subject: ({ query, key }) => ({ head: part, query, key }),
  }
}

/** Where the head looks the most from a position that predicts. */
function keenest(cells: readonly AttentionDatum[], numDigits: number): string {
  const labels = positionLabels(numDigits)
  const predicting = labels.slice(equalsPosition(numDigits), -1)
  const inText = (label: string) => positionInText(labels.indexOf(label), numDigits)
  const most = cells
    .filter(({ query }) => predicting.includes(query))
    .reduce((best, cell) => (cell.attention > best.attention ? cell : best))
  return `Of the positions that predict, ${inText(most.query)} looks the hardest: at ${inText(most.key)}, with ${decimalText(most.attention, 2)}.`
}

function attribution(
  title: string,
  draw: (input: AttributionInput, display: Display) => Drawing<AttributionDatum>,
  result: AnalysisResult,
  params: AnalysisParams,
  part: string,
): ShownFigure<AttributionDatum> {
  const shares = result['attribution'] as Attribution
  const run = withLogits(shares)
  const truth = answerDigits(params, run.predicted.length)
  const focus = digitsIn(shares).indexOf(part)
  const names = oneName(runName(params))
  const input = { clean: run, now: run, intervened: false, focus, truth, show: 'now', names } as const
  return {
    label: `${title}, ${part}: what each part adds to the logit of each digit`,
    ...(truth[focus] !== undefined && { finding: mostFor(shares, focus, truth[focus]) }),
    rows: shares.shape[0]! + 1,
    draw: (display) => draw(input, display),
    table: attributionTable(input, `${title}, ${part}`),
    closure: logitClosure(
      shares.shape[0]!,
      draw === attributionDrawing ? 'parts' : 'paths',
      result['closure'] as number,
    ),
    note: (datum) => renameNote(attributionNote(datum, false), names),
    subject: ({ component, logit }) => ({
      digit: String(logit),
      ...(headOfComponent(component) && { head: component }),
    }),
  }
}

/** Which part adds the most to the right digit, and how much of it there is. */
function mostFor({ shape, data, labels }: Attribution, focus: number, digit: number): string {
  const [components, digits, outputs] = shape as [number, number, number]
  const added = Array.from({ length: components }, (_, component) => {
    return data[(component * digits + focus) * outputs + digit]!
  })
  const total = added.reduce((sum, share) => sum + share, 0)
  const most = added.indexOf(Math.max(...added))
  return `Most for the right digit, ${digit}, comes from ${labels.component![most]}: ${signedText(added[most]!, 1)} logits, where all add ${signedText(total, 1)}.`
}

/** The result holds the parts only: their sum is drawn as the logit. */
function withLogits(shares: Attribution): AttributedRun {
  const [components, digits, outputs] = shares.shape as [number, number, number]
  const data = new Float64Array(digits * outputs)
  for (let component = 0; component < components; component++)
    for (let at = 0; at < data.length; at++) data[at]! += shares.data[component * data.length + at]!
  const rows = Array.from({ length: digits }, (_, digit) => data.subarray(digit * outputs, (digit + 1) * outputs))
  const predicted = rows.map((row) => row.indexOf(Math.max(...row)))
  const logits = { dims: ['digit', 'vocab'], shape: [digits, outputs], data, labels: {} } as const
  return { attribution: shares, logits, predicted }
}

function answerDigits({ sum }: AnalysisParams, numDigits: number): number[] {
  return sum ? digitsOf(sum.a + sum.b, numDigits) : []
}
