import type { EngineClient } from '../../contract/contract'
import type { EverySum } from '../../tour/inquiry'

/**
 * What an evaluation of every sum that is kept of the open model, clean, tells; null where there is none that is done. Nothing is
 * computed for it. Which digits of a wrong sum are wrong is known of the weakest, by the digit concerned.
 */
export async function keptEverySum(engine: EngineClient): Promise<EverySum | null> {
  const { state, evaluation } = await engine.call('exhaustive', { interventions: [], action: 'look' })
  if (state !== 'done' || !evaluation) return null
  const { n, wrong, weakest } = evaluation
  return {
    n,
    wrong,
    wrongSums: weakest.filter(({ margin }) => margin <= 0).map(({ a, b, digit }) => ({ a, b, digit })),
  }
}
