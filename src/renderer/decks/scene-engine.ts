import type { EngineClient, Method, MethodParams, MethodResult } from '../../contract/contract'
import { failureOf } from '../../contract/failure'

/** How long is waited before an engine that died is asked again, in milliseconds, one time after the other. */
const patience = [200, 500, 1000, 2000, 4000]

/**
 * The engine as one state of a deck asks it: in lanes of its own, so that states that are computed ahead do not take each other's
 * place, and again and again where the engine died, so that nobody has to press anything on a stage.
 */
export class SceneEngine implements EngineClient {
  constructor(
    private readonly engine: EngineClient,
    private readonly name: string,
  ) {}

  call<M extends Method>(method: M, params: MethodParams<M>, options: Parameters<EngineClient['call']>[2] = {}) {
    const { newest, ...rest } = options
    const own = newest === undefined ? rest : { ...rest, newest: `${newest}/${this.name}` }
    return this.#persistently(() => this.engine.call(method, params, own))
  }

  async #persistently<M extends Method>(ask: () => Promise<MethodResult<M>>): Promise<MethodResult<M>> {
    for (const wait of patience)
      try {
        return await ask()
      } catch (error) {
        if (failureOf(error).code !== 'engine-died') throw error
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    return ask()
  }
}
