import { listSupportedBackends } from './onnxruntime'
import { trialRequestSchema, type TrialRequest } from '../contract/trial'
import type { FailedTrial, ProviderTrial } from '../contract/provider-choice'
import { loadModel } from './load-model'
import { parentPort } from './parent-port'
import { ProviderFailure, reasonOf } from './provider-failure'
import { tryProvider } from './try-provider'
import { untrainedModel } from './untrained-model'

// The trial of an execution provider as a process of its own: one request, one answer, then it is ended.
const port = parentPort()
port.onClose(() => process.exit(0))
port.on((message) => {
  void answer(trialRequestSchema.parse(message)).then((trial) => {
    port.post(trial)
  })
})

async function answer({ provider, path }: TrialRequest): Promise<ProviderTrial | FailedTrial> {
  if (!listSupportedBackends().some(({ name }) => name === provider))
    return { provider, failure: 'this build of onnxruntime does not have it' }
  try {
    const model = path === null ? untrainedModel() : (await loadModel({ source: { path } })).model
    return await tryProvider(model, provider)
  } catch (error) {
    return { provider, failure: error instanceof ProviderFailure ? error.reason : reasonOf(error) }
  }
}
