import type { RunView } from '../../contract/contract'

/** What a model says at one answer digit. */
export interface Answer {
  /** The most likely output: a digit, `+` or `=`. */
  readonly text: string
  readonly probability: number
  readonly wrong: boolean
  /** After a transplant: whether it is the digit that the donor's carry makes, which is wrong as a sum, but was asked for. */
  readonly moved?: boolean
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

/** Two runs as they stand under each other in the sum bar. */
export interface ShownRuns {
  /** What they are called. */
  readonly clean: string
  readonly now: string
  /** Whether the second is another than the first. */
  readonly active: boolean
  readonly answers: readonly { readonly clean?: Answer; readonly now?: Answer }[]
  /** Whether the first is of another sum than the one whose right answer is shown. */
  readonly ownTruth: boolean
  readonly stale: boolean
}
