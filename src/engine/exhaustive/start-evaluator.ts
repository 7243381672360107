import { hasMlp } from '../../model/config'
import { isCentring } from '../../model/normalization'
import type { Decoding } from './answer-reader'
import { type ChunkEvaluator, type EvaluatedModel, GroupEvaluator } from './group-evaluator'
import { PlainEvaluator } from './plain-evaluator'

/**
 * The fastest evaluator that a model can have: what groups of sums share is only worked out for attention-only models with
 * LayerNorm, and any other is run as it is.
 */
export async function startEvaluator(model: EvaluatedModel, decoding: Decoding): Promise<ChunkEvaluator> {
  const isShared = isCentring(model.config) && !hasMlp(model.config)
  return isShared ? GroupEvaluator.create(model, decoding) : new PlainEvaluator(model, decoding)
}
