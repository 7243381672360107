import { isPublishedLayout } from '../../core/task-layout'
import { hasMlp } from '../../model/config'
import { isSampled } from '../../model/exhaustive/evaluated-sums'
import { areKnownToKernel } from '../../model/exhaustive/fixed-activations'
import { firstLayerTables } from '../../model/exhaustive/first-layer-tables'
import { isKnownToKernel } from '../../model/exhaustive/kernel-tables'
import { isCentring } from '../../model/normalization'
import { fullProcessing, processWeights } from '../../model/processing'
import type { ChunkEvaluator, EvaluatedModel, EvaluationWay } from './chunk-evaluator'
import { GroupEvaluator } from './group-evaluator'
import { KernelEvaluator } from './kernel-evaluator'
import { PlainEvaluator } from './plain-evaluator'

/**
 * What computes an evaluation: margins of one differ from another's in their last digits, so that work begun by one is not
 * continued by another. The number counts up when what it computes, or in which order, changes.
 */
export type EvaluatorKind = 'kernel 3' | 'graph 2' | 'plain 2'

/**
 * The fastest evaluator that a model can have. The kernel takes two layers of attention with LayerNorm, the graph any number of
 * them; what groups of sums share is only worked out for such models whose sums are laid out as the published model's, and any
 * other is run as it is.
 */
export function evaluatorKind(model: EvaluatedModel, { interventions }: EvaluationWay): EvaluatorKind {
  const { layout } = model.config
  const isShared =
    isCentring(model.config) && !hasMlp(model.config) && isPublishedLayout(layout) && layout.operandDigits > 1
  if (!isShared || isSampled(layout)) return 'plain 2'
  if (interventions.length > 0 && !(model.config.n_layers === 2 && areKnownToKernel(interventions))) return 'plain 2'
  const { config, weights } = processWeights(model, fullProcessing)
  if (isKnownToKernel(config, firstLayerTables(config, weights))) return 'kernel 3'
  return interventions.length > 0 ? 'plain 2' : 'graph 2'
}

export async function startEvaluator(model: EvaluatedModel, way: EvaluationWay): Promise<ChunkEvaluator> {
  const kind = evaluatorKind(model, way)
  if (kind === 'kernel 3') return KernelEvaluator.create(model, way)
  return kind === 'graph 2' ? GroupEvaluator.create(model, way.decoding) : new PlainEvaluator(model, way)
}
