import { stat } from 'node:fs/promises'
import type { ModelDescription } from '../contract/contract'
import { sumDataset } from '../core/dataset'
import { defaultDataset } from '../core/task-layout'
import { evaluateSums } from './exhaustive/evaluate-sums'
import { loadModel } from './load-model'

const size = 200

/** What a person chooses a model by. Throws BadInput where there is none, or none that can be opened. */
export async function describeModel(path: string): Promise<ModelDescription> {
  const { model, info } = await loadModel({ source: { path } }, { sessions: 2 })
  try {
    const sums = sumDataset({ ...defaultDataset, size }, model.config.layout)
    const { wrong } = await evaluateSums(model, sums, 'teacher-forced', () => {})
    const bytes = info.stored.path === null ? 0 : (await stat(info.stored.path)).size
    return { bytes, config: model.config, right: size - wrong, of: size }
  } finally {
    await model.dispose()
  }
}
