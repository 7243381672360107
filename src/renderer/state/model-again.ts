import type { EngineClient, ModelInfo } from '../../contract/contract'
import { BadInput } from '../../core/bad-input'
import { isSameModel } from '../../session/permalink'

/**
 * The model to go on with once the connection is there again: the one on screen if the engine has it, else opened anew from its file.
 * Throws where that cannot be had: nothing may be shown under a model's name but what that answers.
 */
export async function modelAgain(engine: EngineClient, shown: ModelInfo): Promise<ModelInfo> {
  const { model } = await engine.call('status', {})
  if (model && isSameModel(shown, model)) return shown
  if (shown.path !== null)
    return engine.call('openModel', { source: { path: shown.path }, layout: shown.config.layout })
  throw new BadInput(`The model ${shown.name} was dropped from a file: drop that file again to go on.`)
}
