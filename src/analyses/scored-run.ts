import { answerPositions } from '../core/positions'
import type { AnalysisContext, AnalysisParams, AnalysisResult } from './analysis'
import { answerScores, type AnswerScores } from './answer-scores'
import { runIntervenedBatches } from './intervened-batches'
import type { Batch } from './run-batches'

/** A batch of sums, and how the model did on them. */
export interface ScoredBatch extends Batch {
  readonly scores: AnswerScores
}

/** Runs the chosen sums under the chosen interventions and shows each batch's scores to `visit`, which returns the result so far. */
export async function scoredRun(
  context: AnalysisContext,
  params: AnalysisParams,
  visit: (batch: ScoredBatch) => AnalysisResult,
): Promise<void> {
  const { config } = context.model
  const options = { outputs: ['logits'], positions: answerPositions(config.numDigits) }
  await runIntervenedBatches(context, params, options, (run, batch) =>
    visit({ ...batch, scores: answerScores(run.get('logits')!, batch.sums, config) }),
  )
}
