import type { RunView } from '../../contract/contract'

/** What a model says at one answer digit. */
export interface Answer {
  /** The most likely output: a digit, `+` or `=`. */
  readonly text: string
  readonly probability: number
  readonly wrong: boolean
  /** The right digit of its own sum. */
  readonly truth: number
}

/** The answer of a run at a digit, beside the right one. */
export function answerOf(run: RunView, digit: number, truth: number): Answer {
  const predicted = run.predicted[digit]!
  const vocab = run.probs.shape[1]!
  return {
    text: run.probs.labels.vocab![predicted]!,
    probability: run.probs.data[digit * vocab + predicted]!,
    wrong: predicted !== truth,
    truth,
  }
}
