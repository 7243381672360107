import type { AnalysisId, AnalysisParams } from '../analyses/registry'
import { chosenIn, type AnyFigure, type Chosen } from '../charts/figure'
import { paramsOf } from '../charts/figure-params'
import { sumDataset } from '../core/dataset'
import { formatSum } from '../core/sum-text'
import { defaultDataset, type TaskLayout } from '../core/task-layout'
import { spelledOut } from '../contract/answer-json'

/** What an analysis is asked for a figure. */
export interface Question {
  readonly analysis: AnalysisId
  readonly params: AnalysisParams
  /** What tells this answer from the figure's others: its sum, what is chosen, and which definition it follows. */
  readonly caption: string
  /** What is chosen in the figure, by kind. */
  readonly chosen: Chosen
}

/** How many of them are looked at one by one. */
const examples = 2

/** All that a figure is shown for: each of the examples if it is about one sum, and right as well as as published. */
export function questionsOf(figure: AnyFigure, layout: TaskLayout): Question[] {
  const sums = sumDataset(defaultDataset, layout).slice(0, examples)
  const states = figure.about === 'sum' ? sums.map((sum) => ({ sum })) : [{ dataset: defaultDataset }]
  const definitions = figure.definition.published === undefined ? [false] : [false, true]
  return states.flatMap((state) =>
    reportedChoices(figure).flatMap(({ words, chosen }) =>
      definitions.map((published) => ({
        analysis: figure.analysis,
        params: spelledOut(paramsOf(figure, state, published, chosen)!, figure.about, defaultDataset),
        chosen,
        caption: [
          'sum' in state ? formatSum(state.sum, layout) : '',
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
export function questionKey({ analysis, params }: Question): string {
  return JSON.stringify([analysis, Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1))])
}
