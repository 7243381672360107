import { columnPatterns } from '../../core/column-patterns'
import { columnPattern } from '../../core/columns'
import { digitLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import type { TaskLayout } from '../../core/task-layout'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { scoredRun, type ScoredBatch } from '../running/scored-run'
import { ScoreTotals } from '../parts/score-totals'

/**
 * Which kinds of sums the model can do: its scores for each column pattern, under any interventions. Patterns without a sum
 * have NaN. The class losses, weighted by their numbers of sums, average to the loss that `performance` gives.
 */
export const carryClasses = defineAnalysis({
  id: 'carry-classes',
  question: 'Which patterns of carries does the model get right?',
  definition:
    'For each column pattern (G: digits add to 10 or more, P: to 9, K: to less; most significant first): number of sums, mean ' +
    'loss in nats and share of sums with every digit right, under the interventions.',
  about: 'dataset',
  parameters: ofRunSums,
  async run(context, params) {
    const { layout } = context.model.config
    const classes = new Map(columnPatterns(layout).map((pattern) => [pattern, new ScoreTotals(layout)]))
    const add = ({ sums, scores }: ScoredBatch) => {
      sums.forEach((sum, example) => {
        classes.get(columnPattern(sum, layout))!.add(scores, example)
      })
    }
    return scoredRun(context, params, add, () => perPattern(classes, layout))
  },
})

function perPattern(classes: ReadonlyMap<string, ScoreTotals>, layout: TaskLayout) {
  const labels = { pattern: [...classes.keys()] }
  const totals = [...classes.values()]
  const of = (values: readonly number[], unit: string) =>
    tensor(['pattern'], [totals.length], Float64Array.from(values), { labels, unit })
  return {
    n: tensor(
      ['pattern'],
      [totals.length],
      Int32Array.from(totals, ({ sums }) => sums),
      { labels, unit: 'sums' },
    ),
    loss: of(
      totals.map(({ loss }) => loss),
      'nats',
    ),
    exactMatch: of(
      totals.map(({ exactMatch }) => exactMatch),
      'share',
    ),
    lossPerDigit: tensor(
      ['pattern', 'digit'],
      [totals.length, layout.answerDigits],
      Float64Array.from(totals.flatMap(({ lossPerDigit }) => [...lossPerDigit])),
      { labels: { ...labels, digit: digitLabels(layout.answerDigits) }, unit: 'nats' },
    ),
  }
}
