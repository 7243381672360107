import { counted, countText } from '../../core/counted'
import { formatSum } from '../../core/sum-text'
import { decimalText, lossText, percentText } from '../drawing/number-text'
import type { CertaintyBin } from './certainty'
import type { PredictionsInput } from './predictions-input'
import { tokenText } from './predictions'
import type { TaskLayout } from '../../core/task-layout'

/** How well one run does over many sums, and how that changed where there are two. */
export function performanceFinding(now: Scores, clean: Scores | null): string {
  const right = `${percentText(now.exactMatch)} % of the sums come out right in every digit, at a loss of ${lossText(now.loss)} nats`
  return clean
    ? `${right}; before, ${percentText(clean.exactMatch)} % at ${lossText(clean.loss)} nats.`
    : `${right}; the least probable right digit has ${decimalText(now.minProb, now.minProb < 0.01 ? 4 : 2)}.`
}

export interface Scores {
  /** Nats. */
  readonly loss: number
  /** Share of sums. */
  readonly exactMatch: number
  readonly minProb: number
}

/** How many answers are wrong, and which sum the model is least sure of. */
export function certaintyFinding(bins: readonly CertaintyBin[], layout: TaskLayout): string {
  const total = bins.reduce((sum, { now }) => sum + now, 0)
  const wrong = bins.reduce((sum, bin) => sum + bin.wrong, 0)
  const least = bins
    .filter(({ hardest }) => hardest !== null)
    .reduce<CertaintyBin | null>((best, bin) => (!best || bin.to < best.to ? bin : best), null)
  const errors =
    wrong === 0
      ? `None of ${counted(total, 'digit')} is wrong`
      : `${countText(wrong)} of ${counted(total, 'digit')} ${wrong === 1 ? 'is' : 'are'} wrong`
  if (!least?.hardest) return `${errors}.`
  return `${errors}. It is least sure of C${least.digit} in ${formatSum(least.hardest, layout)}, with a probability below ${decimalText(least.to, Math.min(least.to, 1 - least.to) < 0.01 ? 4 : 2)}.`
}

/** What is answered, which digits of it are wrong, and which is the least sure. */
export function predictionsFinding({
  now: { probs, predicted },
  truth,
}: Pick<PredictionsInput, 'now' | 'truth'>): string {
  const [digits, outputs] = probs.shape as [number, number]
  const sure = Array.from({ length: digits }, (_, digit) => probs.data[digit * outputs + predicted[digit]!]!)
  const wrong = predicted.flatMap((token, digit) =>
    truth[digit] !== undefined && token !== truth[digit] ? [`C${digit}`] : [],
  )
  const least = sure.indexOf(Math.min(...sure))
  const verdict =
    wrong.length === 0 ? 'every digit is right' : `${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} wrong`
  return `It answers ${predicted.map(tokenText).join('')}: ${verdict}. The least sure is C${least}, at ${decimalText(sure[least] ?? NaN, 3)}.`
}
