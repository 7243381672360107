import type { EngineClient, Method, MethodParams, MethodResult } from '../../contract/contract'
import { LeastRecentlyUsed } from '../../core/least-recently-used'

/** How many answers are kept: those of some twenty states, with all that their panels ask. */
const mostKept = 400

/**
 * The same engine, but what it answered once about a model is not computed again. So a state that was looked at, or computed
 * ahead, is shown without waiting, also while the engine is being started again.
 */
export function keepingAnswers(engine: EngineClient): EngineClient {
  const kept = new LeastRecentlyUsed<unknown>(mostKept)
  return {
    async call<M extends Method>(method: M, params: MethodParams<M>, options?: Parameters<EngineClient['call']>[2]) {
      if (method !== 'explore' && method !== 'analyze') return engine.call(method, params, options)
      const question = JSON.stringify([method, params])
      const known = kept.get(question) as MethodResult<M> | undefined
      if (known !== undefined) return known
      const answer = await engine.call(method, params, options)
      kept.set(question, answer)
      return answer
    },
  }
}
