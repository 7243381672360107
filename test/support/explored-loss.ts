import { waitFor } from '@testing-library/svelte'
import { performance } from '../../src/analyses/sums/performance'
import type { AnalysisParams } from '../../src/analyses/registry'
import type { Model } from '../../src/model/model'
import type { WeightedModel } from '../../src/analyses/parts/logit-map'
import type { FakeEngine } from './fake-engine'
import { numberIn, runAnalysis } from './run-analysis'

/** What the window asked `performance` of, the last time that it suited; waits for it. */
export async function answersAt(
  engine: FakeEngine,
  suits: (params: AnalysisParams) => boolean,
): Promise<AnalysisParams> {
  return waitFor(() => {
    const asked = engine.calls.flatMap(({ method, params }) => {
      const { id, params: of } = params as { id?: string; params?: AnalysisParams }
      return method === 'analyze' && id === 'performance' && of && suits(of) ? [of] : []
    })
    const last = asked.at(-1)
    if (!last) throw new Error('Nothing of the kind was asked.')
    return last
  })
}

/** The loss of a question, computed. */
export async function numberOf(model: Model & WeightedModel, params: AnalysisParams): Promise<number> {
  return numberIn(await runAnalysis(performance, model, params), 'loss')
}
