import { createHash } from 'node:crypto'
import { openModelBytes } from '../model/files/open-model'
import { fullProcessing, processWeights, type Processing } from '../model/processing'
import type { ModelInfo, MethodParams } from '../contract/contract'
import { bestReading } from './best-reading'
import { OnnxModel, type OnnxModelOptions } from './onnx-model'
import { readModelFiles } from './read-model-files'
import { ReferenceSet } from './reference-set'

/** A model that is open: ready to run, with what is told about it and its pinned reference set. */
export interface LoadedModel {
  readonly model: OnnxModel
  readonly info: ModelInfo
  readonly reference: ReferenceSet
}

/** Opens a model from a path or from bytes and processes its weights, by default fully. Throws BadInput. */
export async function loadModel(
  { source, processing = fullProcessing }: MethodParams<'openModel'>,
  options: OnnxModelOptions = {},
): Promise<LoadedModel> {
  const { name, files, weightsPath, notices } =
    'path' in source
      ? await readModelFiles(source.path)
      : { name: source.name, files: new Map([[source.name, source.bytes]]), weightsPath: null, notices: [] }
  const opened = openModelBytes(name, files)
  const { reading, notices: judgement } = await bestReading(opened.weightsFile, opened)
  const sha256 = createHash('sha256').update(files.get(opened.weightsFile)!).digest('hex')
  const { config, weights } = processWeights(reading, processing satisfies Processing)
  const model = new OnnxModel({ name, sha256, config, weights }, options)
  const reference = new ReferenceSet(model)
  const path = 'path' in source ? source.path : null
  const stored = { ...opened.stored, path: weightsPath, normalization_type: reading.config.normalization_type }
  return {
    model,
    reference,
    info: {
      ...{ name, sha256, config, processing, path, stored },
      notices: [...notices, ...opened.notices, ...judgement],
      reference: reference.info,
    },
  }
}
