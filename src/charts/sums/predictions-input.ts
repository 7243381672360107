import type { RunNames } from '../drawing/run-names'
import type { Tensor } from '../../core/tensor'

/** `p`: probability. `logp`: its natural logarithm, from -10 to 0 nats. `delta`: intervened - clean probability. */
export type PredictionScale = 'p' | 'logp' | 'delta'

/**
 * The probability of each digit at each answer position: one column for each digit of the answer, under the column of
 * the sum above it, and digits from 0 down. Outline: the clean run. Solid: the run under interventions. A wrong answer
 * is a red block with a ✕, the true digit has a ▸.
 */
export interface PredictionsInput {
  readonly clean: PredictedRun
  readonly now: PredictedRun
  /** Whether `now` was asked anything else than `clean`; without that only outlines are drawn. */
  readonly intervened: boolean
  /** The digits of the correct answer, most significant first. */
  readonly truth: readonly number[]
  /** The answer digit whose column is tinted; null for none. */
  readonly focus: number | null
  readonly scale: PredictionScale
  /** What the table calls the runs. */
  readonly names?: RunNames
}

export interface PredictedRun {
  /** Logarithms are taken from these: a probability in single precision is 0 where the logarithm is below −103. */
  readonly logits: Tensor<readonly ['digit', 'vocab']>
  readonly probs: Tensor<readonly ['digit', 'vocab']>
  readonly predicted: readonly number[]
}
