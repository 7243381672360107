import { answerPositions } from '../../core/positions'
import type { ActivationCache } from '../../model/model'
import type { AnalysisContext, AnalysisResult } from '../analysis'
import type { RunSumsParams } from '../parameters'
import { answerScores, type AnswerScores } from '../parts/answer-scores'
import { runIntervenedBatches } from './intervened-batches'
import type { Batch } from './run-batches'

/** A batch of sums, and how the model did on them. */
export interface ScoredBatch extends Batch {
  readonly scores: AnswerScores
}

/** Runs the chosen sums under the chosen interventions and scores their answers; see `runIntervenedBatches`. */
export async function scoredRun<R extends AnalysisResult>(
  context: AnalysisContext,
  params: RunSumsParams,
  add: (batch: ScoredBatch) => void,
  resultOf: () => R,
): Promise<R> {
  const { config } = context.model
  const options = { outputs: ['logits'], positions: answerPositions(config.layout) }
  const score = (run: ActivationCache, batch: Batch) => {
    add({ ...batch, scores: answerScores(run.get('logits')!, batch.sums, config) })
  }
  return runIntervenedBatches(context, params, options, score, resultOf)
}
