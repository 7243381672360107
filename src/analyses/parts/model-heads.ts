import type { Head } from '../../core/heads'
import type { WeightedModel } from './logit-map'

/** Every head of a model, layer by layer. */
export function headsOf({ config }: Pick<WeightedModel, 'config'>): Head[] {
  return Array.from({ length: config.n_layers * config.n_heads }, (_, index) => ({
    layer: Math.floor(index / config.n_heads),
    head: index % config.n_heads,
  }))
}
