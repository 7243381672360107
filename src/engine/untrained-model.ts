import { publishedLayout } from '../core/task-layout'
import type { ModelConfig } from '../model/config'
import type { Model } from '../model/model'
import { randomWeights } from '../model/random-weights'

const config: ModelConfig = {
  n_layers: 2,
  n_heads: 3,
  d_model: 48,
  d_head: 24,
  d_vocab: 12,
  n_ctx: 14,
  normalization_type: 'LNPre',
  eps: 1e-5,
  layout: publishedLayout(4),
}

/** A model of the reference size that has learnt nothing: enough to measure the machine with. */
export function untrainedModel(): Pick<Model, 'name' | 'sha256' | 'config' | 'weights'> {
  return { name: 'untrained', sha256: '', config, weights: randomWeights(config, 0) }
}
