import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import type { Intervention } from '../../model/intervention'
import type { Model } from '../../model/model'
import type { Decoding } from './answer-reader'

export type EvaluatedModel = Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>

/** How a model is evaluated: how digits are decoded, and under which interventions, if any. */
export interface EvaluationWay {
  readonly decoding: Decoding
  readonly interventions: readonly Intervention[]
}

/** Digits after the right ones, and the model as it is. */
export const plainWay: EvaluationWay = { decoding: 'teacher-forced', interventions: [] }

/** A number that no sum has: every wrong one is listed. A whole number, so that it passes schemas. */
export const everyWrongSum = Number.MAX_SAFE_INTEGER

/** Evaluates groups of sums (see `sum-groups.ts`), here or in a process of its own. One call at a time. */
export interface ChunkEvaluator {
  /** Wrong sums from number a * limit + b = `unlistedFrom` on (`everyWrongSum` when absent) are counted but not listed. */
  evaluate(groups: Range, unlistedFrom?: number): Promise<MeasuredEvaluation>
  release(): Promise<void>
}
