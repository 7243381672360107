import type { AnalysisParams, AnalysisResult } from '../analyses/analysis'
import { digitsOf } from '../core/tokens'
import type { Tensor } from '../core/tensor'
import { attentionDrawing, attentionTable } from './attention'
import { attributionDrawing, attributionTable, type AttributedRun, type AttributionInput } from './attribution'
import { carryAttentionChart, carryAttentionTable, type CarryAttentionInput } from './carry-attention'
import type { AnyPicture } from './chart'
import type { Display } from './display'
import type { Drawing } from './drawing'
import { lossDifferenceChart, lossTable, type LossDifferenceInput } from './loss-difference'
import { pathAttributionDrawing } from './path-attribution'
import { predictionsDrawing, predictionsTable, type PredictionsInput } from './predictions'
import type { Table } from './table'

/** A picture of an analysis and the numbers in it. */
export interface AnalysisFigure {
  readonly title: string
  readonly picture: AnyPicture<unknown>
  readonly table: Table
}

/** The figures of a result: one, or one for each head or answer digit. `params` are those that the analysis ran with. */
export type FigureBuilder = (result: AnalysisResult, params: AnalysisParams, display: Display) => AnalysisFigure[]

/** Builders by analysis id. What is missing here is shown as a table. */
export const figureBuilders: Readonly<Partial<Record<string, FigureBuilder>>> = {
  predictions: predictionFigures,
  attention: attentionFigures,
  dla: (result, params, display) =>
    attributionFigures('Logit attribution', attributionDrawing, result, params, display),
  'path-dla': (result, params, display) =>
    attributionFigures('Logit attribution by path', pathAttributionDrawing, result, params, display),
  'head-ablation': (result, _, display) => [lossFigure('Loss difference', result as unknown as Losses, display)],
  'qkv-ablation': qkvFigures,
  'carry-attention': carryAttentionFigures,
}

type Losses = Omit<LossDifferenceInput, 'focus'>

function predictionFigures(result: AnalysisResult, params: AnalysisParams, display: Display): AnalysisFigure[] {
  const probs = result['probs'] as PredictionsInput['clean']['probs']
  const run = { probs, predicted: Array.from((result['predicted'] as Tensor).data) }
  const truth = answerDigits(params, probs.shape[0]!)
  const input = { clean: run, now: run, intervened: false, truth, focus: null, scale: 'p' } as const
  return [{ title: 'Predictions', picture: predictionsDrawing(input, display), table: predictionsTable(input) }]
}

function attentionFigures(result: AnalysisResult, _: AnalysisParams, display: Display): AnalysisFigure[] {
  const pattern = result['pattern'] as Tensor<readonly ['layer', 'head', 'query', 'key']>
  const [layers, heads, length] = pattern.shape as [number, number, number, number]
  return Array.from({ length: layers * heads }, (__, index) => {
    const [layer, head] = [Math.floor(index / heads), index % heads]
    const input = { pattern, layer, head, numDigits: (length - 2) / 3 }
    const title = `Attention of H${layer}.${head}`
    return { title, picture: attentionDrawing(input, display), table: attentionTable(input) }
  })
}

function attributionFigures(
  name: string,
  draw: (input: AttributionInput, display: Display) => Drawing<unknown>,
  result: AnalysisResult,
  params: AnalysisParams,
  display: Display,
): AnalysisFigure[] {
  const run = withLogits(result['attribution'] as AttributedRun['attribution'])
  const truth = answerDigits(params, run.predicted.length)
  return truth.map((_, focus) => {
    const input = { clean: run, now: run, intervened: false, focus, truth, show: 'now' } as const
    const title = `${name}, C${focus}`
    return { title, picture: draw(input, display), table: attributionTable(input, title) }
  })
}

/** The result holds the parts only: their sum is drawn as the logit. */
function withLogits(attribution: AttributedRun['attribution']): AttributedRun {
  const [components, digits, outputs] = attribution.shape as [number, number, number]
  const data = new Float64Array(digits * outputs)
  for (let component = 0; component < components; component++)
    for (let at = 0; at < data.length; at++) data[at]! += attribution.data[component * data.length + at]!
  const rows = Array.from({ length: digits }, (_, digit) => data.subarray(digit * outputs, (digit + 1) * outputs))
  const predicted = rows.map((row) => row.indexOf(Math.max(...row)))
  return { attribution, logits: { dims: ['digit', 'vocab'], shape: [digits, outputs], data, labels: {} }, predicted }
}

function lossFigure(title: string, losses: Losses, display: Display): AnalysisFigure {
  const input = { ...losses, focus: null }
  return { title, picture: lossDifferenceChart(input, display), table: lossTable(input) }
}

function qkvFigures(result: AnalysisResult, _: AnalysisParams, display: Display): AnalysisFigure[] {
  const lossDiff = result['lossDiff'] as Tensor<readonly ['site', 'layer', 'head']>
  const perDigit = result['lossDiffPerDigit'] as Tensor<readonly ['site', 'layer', 'head', 'digit']>
  return (lossDiff.labels.site ?? []).map((site, index) =>
    lossFigure(
      `Loss difference, ${site}`,
      { lossDiff: slice(lossDiff, index), lossDiffPerDigit: slice(perDigit, index) },
      display,
    ),
  )
}

/** One entry of a tensor's first axis. */
function slice<First extends string, Rest extends readonly string[]>(
  { dims, shape, data, labels }: Tensor<readonly [First, ...Rest]>,
  index: number,
): Tensor<Rest> {
  const [, ...rest] = dims
  const size = data.length / shape[0]!
  return {
    dims: rest,
    shape: shape.slice(1),
    data: data.subarray(index * size, (index + 1) * size),
    labels,
  } as unknown as Tensor<Rest>
}

function carryAttentionFigures(result: AnalysisResult, _: AnalysisParams, display: Display): AnalysisFigure[] {
  const statistics = result as unknown as Omit<CarryAttentionInput, 'focus'>
  return Array.from({ length: statistics.mean.shape[1]! }, (__, focus) => {
    const input = { ...statistics, focus }
    const title = `Attention of the last layer from C${focus}`
    return { title, picture: carryAttentionChart(input, display), table: carryAttentionTable(input) }
  })
}

function answerDigits({ sum }: AnalysisParams, numDigits: number): number[] {
  return sum ? digitsOf(sum.a + sum.b, numDigits) : []
}
