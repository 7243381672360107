import type { AnalysisParams } from '../analyses/analysis'
import { paramsOf, type AnalysisFigure } from '../charts/figure'
import { sumDataset } from '../core/dataset'
import { formatSum } from '../core/sum-text'
import { spelledOut } from '../shared/answer-json'

/** What an analysis is asked for a figure. */
export interface Question {
  readonly analysis: string
  readonly params: AnalysisParams
  /** What tells this answer from the figure's others: its sum, and which definition it follows. Empty where it has one only. */
  readonly caption: string
}

/** The sums that a report is about: the published notebook's. */
export const reportDataset = { size: 1000, seed: 42 } as const

/** How many of them are looked at one by one. */
const examples = 2

/** All that a figure is shown for: each of the examples if it is about one sum, and right as well as as published. */
export function questionsOf(figure: AnalysisFigure, numDigits: number): Question[] {
  const sums = sumDataset(reportDataset, numDigits).slice(0, examples)
  const states = figure.about === 'sum' ? sums.map((sum) => ({ sum })) : [{ dataset: reportDataset }]
  const definitions = figure.definition.published === undefined ? [false] : [false, true]
  return states.flatMap((state) =>
    definitions.map((published) => ({
      analysis: figure.analysis,
      params: spelledOut(paramsOf(figure, state, published)!, figure.about, reportDataset),
      caption: [
        'sum' in state ? formatSum(state.sum, numDigits) : '',
        definitions.length > 1 ? (published ? 'as published' : 'corrected') : '',
      ]
        .filter(Boolean)
        .join(', '),
    })),
  )
}

/** Questions with the same key have the same answer. */
export function questionKey({ analysis, params }: Question): string {
  return JSON.stringify([analysis, Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1))])
}
