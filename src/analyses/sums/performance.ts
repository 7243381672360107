import { tensorOver } from '../../core/axis'
import { Sample } from '../../core/sample'
import type { TaskLayout } from '../../core/task-layout'
import { defineAnalysis } from '../analysis'
import { ofRunSums, examples } from '../parameters'
import { digitAxis } from '../parts/axes'
import { ExampleScores } from '../parts/example-scores'
import { scoredRun, type ScoredBatch } from '../running/scored-run'
import { ScoreTotals } from '../parts/score-totals'

/** How well the model adds. Probabilities are those of the right digits, over all sums and answer digits. */
export const performance = defineAnalysis({
  id: 'performance',
  question: 'How well does the model add, over many sums?',
  definition:
    'Loss: mean negative log-likelihood of the right digit over all outputs, in nats. Probabilities of the right digit over ' +
    'all answer digits (the median is the lower middle). exactMatch: share of sums, tokenAccuracy: share of digits, with the ' +
    'right output the most likely. For single sums: their operands, the loss and the most likely output of each digit.',
  about: 'dataset',
  parameters: { ...ofRunSums, examples },
  async run(context, params) {
    const { layout } = context.model.config
    const totals = new ScoreTotals(layout)
    const probabilities = new Sample()
    const examples = new ExampleScores(layout, params.examples ?? 0)
    const add = (batch: ScoredBatch) => {
      totals.addAll(batch.scores)
      examples.add(batch)
      probabilities.add(batch.scores.losses.map((loss) => Math.exp(-loss)))
    }
    const result = () => ({ ...summary(totals, probabilities, layout), ...examples.result() })
    return scoredRun(context, params, add, result)
  },
})

function summary(totals: ScoreTotals, probabilities: Sample, layout: TaskLayout) {
  return {
    n: totals.sums,
    loss: totals.loss,
    meanProb: probabilities.mean,
    medianProb: probabilities.lowerMedian,
    minProb: probabilities.least,
    exactMatch: totals.exactMatch,
    tokenAccuracy: totals.tokenAccuracy,
    lossPerDigit: tensorOver([digitAxis(layout)], totals.lossPerDigit, 'nats'),
  }
}
