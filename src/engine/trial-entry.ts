import { trialRequestSchema, type TrialRequest } from '../shared/isolated-trial'
import type { FailedTrial, ProviderTrial } from '../shared/provider-choice'
import { loadModel } from './load-model'
import { parentPort } from './parent-port'
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
  try {
    const model = path === null ? untrainedModel() : (await loadModel({ source: { path } })).model
    return await tryProvider(model, provider)
  } catch (error) {
    return { provider, failure: reasonOf(error) }
  }
}

/** The last thing that onnxruntime says about a missing library or driver: before it come function names and conditions. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  const said = line
    .replace(/\.$/, '')
    .split('. ')
    .at(-1)!
    .replace(/^Ort\w+: /, '')
  return said.charAt(0).toLowerCase() + said.slice(1)
}
