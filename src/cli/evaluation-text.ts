import { formatSum } from '../core/sum-text'
import type { TaskLayout } from '../core/task-layout'
import { wilsonInterval } from '../core/wilson'
import { vocabLabels } from '../core/vocabulary'
import { type Evaluation, type MeasuredEvaluation, speedup } from '../model/exhaustive/evaluation'
import { sumCount } from '../model/exhaustive/sum-groups'
import { modelText } from '../report/subject-text'
import { aligned } from './text-table'

/** Wrong sums that are printed; the JSON has more. */
const printed = 10

interface EvaluatedModel {
  readonly name: string
  readonly sha256: string
  readonly config: { readonly layout: TaskLayout; readonly d_vocab: number }
}

/** An evaluation as lines to read. */
export function evaluationText(evaluation: Evaluation, model: EvaluatedModel, ablate: readonly string[] = []): string {
  const { layout, d_vocab } = model.config
  const labels = vocabLabels(layout, d_vocab)
  const { n, wrong, exactMatch, loss, smallestMargin, lossPerDigit, wrongPerDigit } = evaluation
  const digits = lossPerDigit.map((digitLoss, digit) => [`C${digit}`, String(wrongPerDigit[digit]), nats(digitLoss)])
  const patterns = Object.entries(evaluation.patterns).map(([name, score]) => {
    return [
      name,
      String(score.n),
      String(score.wrong),
      nats(score.loss),
      score.marginMin.toFixed(3),
      score.marginMedian.toFixed(2),
    ]
  })
  const examples = evaluation.wrongSums.slice(0, printed).map((sum) => {
    return [`${formatSum(sum, layout)} = ${sum.predicted}`, sum.margin.toFixed(4)]
  })
  const weakest = evaluation.weakest.slice(0, printed).map(({ a, b, digit, margin, runnerUp }) => {
    return [formatSum({ a, b }, layout), `C${digit}`, margin.toFixed(4), labels[runnerUp]!]
  })
  const sections = [
    `evaluation of ${modelText(model)}${ablate.length > 0 ? ` under ${ablate.join(' and ')}` : ''}`,
    `${n} sums, ${wrong} wrong (exact match ${exactMatch.toFixed(8)}), loss ${nats(loss)} nats, smallest margin ${smallestMargin.toFixed(4)} logits`,
    ...(n < sumCount(layout) ? [shareText(wrong, n)] : []),
    aligned([['digit', 'wrong', 'loss (nats)'], ...digits]),
    aligned([['pattern', 'sums', 'wrong', 'loss (nats)', 'smallest margin', 'median'], ...patterns]),
    aligned([['weakest sums', 'at', 'margin (logits)', 'runner-up'], ...weakest]),
    ...(examples.length > 0 ? [aligned([['answered wrong', 'margin (logits)'], ...examples])] : []),
  ]
  return `${sections.join('\n')}\n`
}

/** What an exhaustive evaluation took, beside the plain forward pass. */
export function measurementText(evaluation: MeasuredEvaluation): string {
  const { n, cpuSeconds, plain } = evaluation
  return (
    `${cpuSeconds.toFixed(1)} s of processor time, ${Math.round(n / cpuSeconds)} sums a second and core: ` +
    `${speedup(evaluation).toFixed(2)} times the plain forward pass, which on ${plain.sums} of them gave margins within ` +
    `${plain.largestMarginDifference.toExponential(1)} logits.\n`
  )
}

/** Where the sums are not every sum there is. */
function shareText(wrong: number, n: number): string {
  const [lowest, highest] = wilsonInterval(wrong, n).map((share) => (100 * share).toPrecision(3))
  return `${((100 * wrong) / n).toPrecision(3)} % of these sums are wrong; for drawn ones the 95 % interval is ${lowest} to ${highest} % (Wilson)`
}

function nats(loss: number): string {
  return loss.toPrecision(6)
}
