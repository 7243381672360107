import type { OverSteps } from '../analyses/over-steps'
import type { AnalysisId, ParamsOf, ResultOf } from '../analyses/registry'
import type { CheckpointsAnswer } from './checkpoints'
import type { EngineClient } from './contract'

type CallOptions = Parameters<EngineClient['call']>[2]

/** Asks for an analysis; the answer has the type that the analysis declares. The engine checks the question when it arrives. */
export async function analyze<Id extends AnalysisId>(
  engine: EngineClient,
  id: Id,
  params: ParamsOf<Id>,
  options?: CallOptions,
): Promise<ResultOf<Id>> {
  return (await engine.call('analyze', { id, params }, options)) as ResultOf<Id>
}

/** The same of every state of the training in a folder; see `analyzeCheckpoints` in the contract. */
export async function analyzeCheckpoints<Id extends AnalysisId>(
  engine: EngineClient,
  path: string,
  id: Id,
  params: ParamsOf<Id>,
  options?: CallOptions,
): Promise<Omit<CheckpointsAnswer, 'result'> & { readonly result: OverSteps<ResultOf<Id>> }> {
  const answer = await engine.call('analyzeCheckpoints', { path, id, params }, options)
  return { ...answer, result: answer.result as OverSteps<ResultOf<Id>> }
}
