import type { HeldOutScores } from './held-out-evaluation'

/** What is known at a checkpoint. Losses are in nats per answer digit. */
export interface TrainingReport {
  /** Steps taken, of all. */
  readonly step: number
  readonly steps: number
  /** Learning rate of the last step; 0 before the first. */
  readonly learningRate: number
  /** Mean over the batches since the checkpoint before; null before the first step. */
  readonly trainingLoss: number | null
  readonly heldOut: HeldOutScores
  /** Seconds trained so far, over all sittings. */
  readonly seconds: number
}
