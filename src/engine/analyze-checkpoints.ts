import { basename } from 'node:path'
import type { AnalysisResult } from '../analyses/analysis'
import { analysisNamed } from '../analyses/analysis-named'
import { checkParams } from '../analyses/check-params'
import { overSteps } from '../analyses/over-steps'
import type { CheckpointInfo, CheckpointsAnswer } from '../contract/checkpoints'
import type { MethodParams } from '../contract/contract'
import type { CallContext } from '../contract/rpc-server'
import { BadInput } from '../core/bad-input'
import type { TaskLayout } from '../core/task-layout'
import { checkpointsIn, type Checkpoint } from './checkpoints'
import { chunkedModel } from './chunked-model'
import { loadModel, type LoadedModel } from './load-model'
import { onnxProduct } from './onnx-product'
import type { Turn } from './scheduler'

/** How many graphs of each state stay ready: it is asked one question, and then the next one is opened. */
const sessions = 8

/**
 * One analysis of every state of a training, one after the other, as one result. What is known so far is reported after each
 * state. All are read in the layout of the last one, since the first do not add yet. Throws BadInput where a state cannot be
 * opened or is of another model than the last.
 */
export async function analyzeCheckpoints(
  { path, id, params, layout }: MethodParams<'analyzeCheckpoints'>,
  { turn, progress }: Pick<CallContext, 'progress'> & { readonly turn: Turn },
): Promise<CheckpointsAnswer> {
  const analysis = analysisNamed(id)
  checkParams(analysis, params)
  const { states } = await checkpointsIn(path)
  const { config: shape } = await opened(states.at(-1)!, layout, ({ info }) => info)
  const checkpoints: CheckpointInfo[] = []
  const results: AnalysisResult[] = []
  const answer = () => ({
    checkpoints,
    result: overSteps(
      checkpoints.map(({ step }) => step),
      results,
    ),
  })
  for (const state of states) {
    const count = { done: results.length, total: states.length, step: state.step }
    progress({ ...count, ...(results.length > 0 && { partial: answer().result }) })
    await turn()
    await opened(state, shape.layout, async ({ model, info }) => {
      if (JSON.stringify(info.config) !== JSON.stringify(shape))
        throw new BadInput(
          `The checkpoint "${state.path}" is of another size than the last, "${states.at(-1)!.path}": keep the checkpoints of one training in a folder.`,
        )
      const context = {
        model: chunkedModel(model, turn),
        multiply: onnxProduct(turn),
        progress: () => progress(count),
      }
      results.push(await analysis.run(context, params))
      checkpoints.push({ ...state, sha256: info.sha256 })
    })
  }
  return answer()
}

/** What is asked of a state while it is open. Without a layout it is looked at how it adds. */
async function opened<T>(
  { path }: Checkpoint,
  layout: TaskLayout | undefined,
  use: (loaded: LoadedModel) => T | Promise<T>,
): Promise<T> {
  const source = { source: { path }, ...(layout !== undefined && { layout }) }
  const loaded = await loadModel(source, { sessions, checksAdding: layout === undefined }).catch((error: unknown) => {
    if (!(error instanceof BadInput)) throw error
    throw new BadInput(`The checkpoint "${basename(path)}" cannot be opened as one: ${error.message}`)
  })
  try {
    return await use(loaded)
  } finally {
    await loaded.model.dispose()
  }
}
