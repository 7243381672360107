import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openModelBytes } from '../../src/model/files/open-model'
import { type Processing, fullProcessing, processWeights } from '../../src/model/processing'
import { ReferenceModel } from '../../src/model/reference-model'

/** Ground truth that lies beside the repository and is not part of it. */
export const referenceFolder = resolve(import.meta.dirname, '../../../shared/reference')
export const checkpointPath = join(referenceFolder, 'sum_model.pt')

/** Tests that need it are skipped without it; their names say so. */
export const hasReference = existsSync(checkpointPath)
export const needsReference = 'needs ../shared/reference'

export function readReference(file: string): unknown {
  return JSON.parse(readFileSync(join(referenceFolder, file), 'utf8'))
}

/** The published checkpoint in the float64 oracle. */
export function publishedModel(processing: Processing = fullProcessing): ReferenceModel {
  const opened = openModelBytes('sum_model.pt', new Map([['sum_model.pt', readFileSync(checkpointPath)]]))
  return new ReferenceModel({ name: 'sum_model', sha256: '', ...processWeights(opened, processing) })
}
