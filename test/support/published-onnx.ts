import { OnnxModel } from '../../src/engine/onnx-model'
import { publishedModel } from './reference-data'

/** The published checkpoint on onnxruntime: fast enough for whole datasets. */
export function publishedOnnx(): OnnxModel {
  return new OnnxModel(publishedModel())
}

/** The sums that the published figures are about. */
export const publishedSums = [
  { a: 2968, b: 1606 },
  { a: 2262, b: 672 },
] as const
