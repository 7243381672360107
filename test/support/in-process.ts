import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CallContext, Handlers } from '../../src/shared/rpc-server'

/** Ground truth lies beside the repository, where it lies at all; the checkpoint is not ours to redistribute. */
export const referenceFolder = join(import.meta.dirname, '../../../shared/reference')
export const referenceModel = join(referenceFolder, 'sum_model.pt')
export const hasReference = existsSync(referenceModel)

export const unwatched: CallContext = { signal: new AbortController().signal, progress: () => {} }

/** Opens the published checkpoint. */
export function openReference(engine: Handlers) {
  return engine.openModel({ source: { path: referenceModel } }, unwatched)
}
