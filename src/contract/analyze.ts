import type { AnalysisId, ParamsOf, ResultOf } from '../analyses/registry'
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
