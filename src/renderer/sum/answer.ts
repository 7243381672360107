import { vocabLabels } from '../../core/tokens'
import type { RunView } from '../../shared/contract'

/** What a model says at one answer digit. */
export interface Answer {
  /** The most likely output: a digit, `+` or `=`. */
  readonly text: string
  readonly probability: number
  readonly wrong: boolean
}

/** The answer of a run at a digit; null without a run. */
export function answerOf(run: RunView | null, digit: number, truth: number | undefined): Answer | null {
  const predicted = run?.predicted[digit]
  if (!run || predicted === undefined) return null
  const vocab = run.probs.shape[1]!
  return {
    text: vocabLabels[predicted]!,
    probability: run.probs.data[digit * vocab + predicted]!,
    wrong: predicted !== truth,
  }
}
