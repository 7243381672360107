import { z } from 'zod'
import type { AnalysisResult } from '../analyses/analysis'
import { layoutSchema } from '../model/input-schemas'
import { analysisParamsSchema } from './analysis-params'

const analyzeCheckpointsSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  id: z.string().max(60),
  params: analysisParamsSchema,
  layout: layoutSchema.exactOptional(),
})

/** Their part of the contract. */
export const checkpointMethods = {
  /**
   * Any analysis of every state of the training that lies at a path, whatever model is open: the results as one, with an axis
   * `step`. `layout` is how its sums are written; without it as its files say, or as its last state adds best.
   */
  analyzeCheckpoints: { params: analyzeCheckpointsSchema, priority: 'background' },
} as const

/** A state of a training, as a file. */
export interface CheckpointInfo {
  /** Steps that had been taken. */
  readonly step: number
  readonly path: string
  readonly sha256: string
}

/** An analysis of a training's states, in the order of their steps. */
export interface CheckpointsAnswer {
  readonly checkpoints: readonly CheckpointInfo[]
  /** As `overSteps` puts results together. */
  readonly result: AnalysisResult
}

export interface CheckpointResults {
  analyzeCheckpoints: CheckpointsAnswer
}

/** What `analyzeCheckpoints` reports: the step of the state that is being analyzed; `done` and `total` count states. */
export interface CheckpointProgress {
  readonly step?: number
}
