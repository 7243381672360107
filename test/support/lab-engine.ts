import { analysisNamed } from '../../src/analyses/analysis-named'
import type { Method, MethodParams, MethodResult } from '../../src/contract/contract'
import { FakeEngine } from './fake-engine'
import { randomModel, smallConfig } from './random-model'

/** A fake engine whose analyses are real ones, of a small random model of the same heads and positions over few sums. */
export class LabEngine extends FakeEngine {
  readonly #model = randomModel(smallConfig())

  override async call<M extends Method>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    if (method !== 'analyze') return super.call(method, params)
    this.calls.push({ method, params })
    const { id, params: asked } = params as MethodParams<'analyze'>
    const context = { model: this.#model, progress: () => undefined }
    const dataset = { size: 40, seed: asked.dataset?.seed ?? 42 }
    return (await analysisNamed(id).run(context, { ...asked, dataset })) as MethodResult<M>
  }
}
