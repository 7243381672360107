import { columnPatterns } from '../../core/column-patterns'
import { columnPattern } from '../../core/columns'
import { axis, tensorOver } from '../../core/axis'
import type { TaskLayout } from '../../core/task-layout'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { digitAxis } from '../parts/axes'
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
  const pattern = axis('pattern', [...classes.keys()])
  const totals = [...classes.values()]
  const of = (name: 'sums' | 'loss' | 'exactMatch') => totals.map((total) => total[name])
  const lossPerDigit = totals.flatMap((total) => [...total.lossPerDigit])
  return {
    n: tensorOver([pattern], Int32Array.from(of('sums')), 'sums'),
    loss: tensorOver([pattern], of('loss'), 'nats'),
    exactMatch: tensorOver([pattern], of('exactMatch'), 'share'),
    lossPerDigit: tensorOver([pattern, digitAxis(layout)], lossPerDigit, 'nats'),
  }
}
