import type { AnalysisId, AnalysisParams } from '../analyses/registry'
import { chosenIn, type AnyFigure, type Chosen } from '../charts/figure'
import { paramsOf } from '../charts/figure-params'
import { sumDataset } from '../core/dataset'
import { formatSum } from '../core/sum-text'
import type { Sum } from '../core/sum'
import { defaultDataset } from '../core/task-layout'
import type { ModelConfig } from '../model/config'
import type { Intervention } from '../model/intervention'
import { formatIntervention } from '../model/intervention-text'
import { spelledOut } from '../contract/answer-json'
import type { ReportedSums } from './every-sum-sections'

/** What an analysis is asked for a figure. */
export interface Question {
  readonly analysis: AnalysisId
  readonly params: AnalysisParams
  /** What tells this answer from the figure's others: its sum, what is chosen, and which definition it follows. */
  readonly caption: string
  /** What is chosen in the figure, by kind. */
  readonly chosen: Chosen
  /** Whether every checkpoint of the training is asked. */
  readonly overSteps: boolean
}

/** How many of them are looked at one by one. */
const examples = 2

/**
 * What a report is about beside the model: one sum in place of the examples, the interventions that act throughout, and what is known
 * of every sum there is.
 */
export interface ReportSubject {
  readonly sum?: Sum
  readonly interventions?: readonly Intervention[]
  readonly everySum?: readonly ReportedSums[]
}

/** All that a figure is shown for: each of the examples if it is about one sum, and right as well as as published. */
export function questionsOf(
  figure: AnyFigure,
  { layout, ...config }: ModelConfig,
  chosen: ReportSubject = {},
): Question[] {
  const { sum, interventions = [] } = chosen
  const sums = sum ? [sum] : sumDataset(defaultDataset, layout).slice(0, examples)
  const acting = figure.intervened === true ? interventions : []
  const about = figure.about === 'sum' ? sums.map((sum) => ({ sum })) : [{ dataset: defaultDataset }]
  const states = about.map((state) => ({ ...state, interventions: acting }))
  const under = acting.map((one) => formatIntervention(one, { layout, ...config })).join(' ')
  const definitions = figure.definition.published === undefined ? [false] : [false, true]
  return states.flatMap((state) =>
    reportedChoices(figure).flatMap(({ words, chosen }) =>
      definitions.map((published) => ({
        analysis: figure.analysis,
        params: spelledOut(paramsOf(figure, state, published, chosen)!, figure.about, defaultDataset),
        chosen,
        overSteps: figure.overSteps === true,
        caption: [
          'sum' in state ? formatSum(state.sum, layout) : '',
          under && `under ${under}`,
          ...words,
          definitions.length > 1 ? (published ? 'as published' : 'corrected') : '',
        ]
          .filter(Boolean)
          .join(', '),
      })),
    ),
  )
}

/** Every combination of what a report shows of a figure's choices. Those that it shows in one way only go without saying. */
function reportedChoices(figure: AnyFigure): { words: readonly string[]; chosen: Chosen }[] {
  let all: { words: readonly string[]; chosen: Chosen }[] = [{ words: [], chosen: chosenIn(figure, {}) }]
  for (const { kind, options } of figure.choices ?? []) {
    const shown = options.filter(({ reported = false }, index) => reported || index === 0)
    if (shown.length === 1) continue
    all = all.flatMap(({ words, chosen }) =>
      shown.map(({ name }) => ({ words: [...words, name], chosen: { ...chosen, [kind]: name } })),
    )
  }
  return all
}

/** Questions with the same key have the same answer. */
export function questionKey({
  analysis,
  params,
  overSteps,
}: Pick<Question, 'analysis' | 'params' | 'overSteps'>): string {
  return JSON.stringify([
    analysis,
    overSteps,
    Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ])
}
