import { isPublishedLayout } from '../../core/task-layout'
import { hasMlp } from '../../model/config'
import { firstLayerTables } from '../../model/exhaustive/first-layer-tables'
import { isKnownToKernel } from '../../model/exhaustive/kernel-tables'
import { isCentring } from '../../model/normalization'
import { fullProcessing, processWeights } from '../../model/processing'
import type { Decoding } from './answer-reader'
import { type ChunkEvaluator, type EvaluatedModel, GroupEvaluator } from './group-evaluator'
import { KernelEvaluator } from './kernel-evaluator'
import { PlainEvaluator } from './plain-evaluator'

/**
 * The fastest evaluator that a model can have. The kernel takes two layers of attention with LayerNorm, the graph any number of
 * them; what groups of sums share is only worked out for such models whose sums are laid out as the published model's, and any
 * other is run as it is.
 */
export async function startEvaluator(model: EvaluatedModel, decoding: Decoding): Promise<ChunkEvaluator> {
  const { layout } = model.config
  const isShared =
    isCentring(model.config) && !hasMlp(model.config) && isPublishedLayout(layout) && layout.operandDigits > 1
  if (!isShared) return new PlainEvaluator(model, decoding)
  const processed = processWeights(model, fullProcessing)
  const tables = firstLayerTables(processed.config, processed.weights)
  return isKnownToKernel(processed.config, tables)
    ? KernelEvaluator.create(model, processed, tables, decoding)
    : GroupEvaluator.create(model, decoding)
}
