import type { HeldOutScores } from '../engine/training/held-out-evaluation'
import type { TrainingReport } from '../engine/training/training-report'

/** A checkpoint as one line: how far, how fast, how good; accuracy is of whole sums. */
export function reportLine({ step, steps, trainingLoss, heldOut, seconds }: TrainingReport): string {
  const done = `step ${`${step}`.padStart(`${steps}`.length)} of ${steps}`
  const loss = trainingLoss === null ? '' : `, loss ${trainingLoss.toPrecision(3)} nats`
  const speed = step === 0 ? '' : `, ${duration((seconds / step) * (steps - step))} left`
  return `${done}${loss}; held out: ${accuracyText(heldOut)}${speed}`
}

/** Uniform sums, then the three column patterns with the most wrong sums. */
function accuracyText({ uniform, patterns }: HeldOutScores): string {
  const hardest = Object.entries(patterns)
    .filter(([, { wrong }]) => wrong > 0)
    .sort(([, x], [, y]) => y.wrong / y.n - x.wrong / x.n)
    .slice(0, 3)
    .map(([pattern, { n, wrong }]) => `${pattern} ${percent(1 - wrong / n)}`)
  const exact = `${percent(1 - uniform.wrong / uniform.n)} right, loss ${uniform.loss.toPrecision(3)} nats`
  return hardest.length === 0 ? `${exact}, every pattern right` : `${exact}, hardest ${hardest.join(', ')}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
