import { createHash } from 'node:crypto'
import { openAdding, openAsTold } from './adding-check'
import { fullProcessing, processWeights } from '../model/processing'
import type { ModelInfo, MethodParams } from '../contract/contract'
import { BadInput } from '../core/bad-input'
import { fullyProcessed } from './fully-processed'
import { OnnxModel, type OnnxModelOptions } from './onnx-model'
import { readModelFiles } from './read-model-files'
import { ReferenceSet } from './reference-set'

/** A model that is open: ready to run, with what is told about it and its pinned reference set. */
export interface LoadedModel {
  readonly model: OnnxModel
  readonly info: ModelInfo
  readonly reference: ReferenceSet
}

export interface LoadOptions extends OnnxModelOptions {
  /** Whether it is looked at how well the model adds, and a layout that its files leave open is found by that. */
  readonly checksAdding?: boolean
}

/** Opens a model from a path or from bytes and processes its weights, by default fully. Throws BadInput. */
export async function loadModel(
  { source, processing = fullProcessing, layout, expected }: MethodParams<'openModel'>,
  { checksAdding = true, ...options }: LoadOptions = {},
): Promise<LoadedModel> {
  const { name, files, weightsPath, notices } =
    'path' in source
      ? await readModelFiles(source.path)
      : { name: source.name, files: new Map([[source.name, source.bytes]]), weightsPath: null, notices: [] }
  const {
    opened,
    reading,
    remark,
    notices: judgement,
  } = await (checksAdding ? openAdding : openAsTold)({ name, files }, layout)
  const sha256 = createHash('sha256').update(files.get(opened.weightsFile)!).digest('hex')
  const isWhole = Object.values(processing).every(Boolean)
  const { config, weights } = isWhole ? fullyProcessed(reading) : processWeights(reading, processing)
  if (expected) checkUnchanged(name, { sha256, config: JSON.stringify(config) }, expected)
  const model = new OnnxModel({ name, sha256, config, weights }, options)
  const reference = new ReferenceSet(model)
  const path = 'path' in source ? source.path : null
  const stored = { ...opened.stored, path: weightsPath, normalization_type: reading.config.normalization_type }
  return {
    model,
    reference,
    info: {
      name,
      sha256,
      config,
      processing,
      path,
      stored,
      notices: [...notices, ...opened.notices, ...judgement],
      reference: reference.info,
      fileContext: reading.file.n_ctx,
      ...(reading.file.layout && { fileLayout: reading.file.layout }),
      ...(remark && { remark }),
    },
  }
}

type Content = NonNullable<MethodParams<'openModel'>['expected']>

/** A process that dies opens its model anew: what it then answers must still be that model's. */
function checkUnchanged(name: string, found: Content, wanted: Content): void {
  if (found.sha256 === wanted.sha256 && found.config === wanted.config) return
  const [now, before] = [found, wanted].map(({ sha256 }) => sha256.slice(0, 8))
  const change =
    now === before ? 'its configuration is another one' : `its weights had SHA-256 ${before}… and have ${now}…`
  throw new BadInput(
    `The file of the model "${name.slice(0, 60)}" has changed since it was opened (${change}): open it again to go on with what it holds now.`,
  )
}
