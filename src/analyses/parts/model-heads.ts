import type { Head } from '../../core/heads'
import type { WeightedModel } from './logit-map'

/** Every head of a model, layer by layer. */
export function headsOf({ config }: Pick<WeightedModel, 'config'>): Head[] {
  return Array.from({ length: config.n_layers * config.n_heads }, (_, index) => ({
    layer: Math.floor(index / config.n_heads),
    head: index % config.n_heads,
  }))
}

/** Extents and labels of the axes [layer, head]; heads are counted within their layer. */
export function headAxes({ config }: Pick<WeightedModel, 'config'>) {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index))
  return {
    shape: [config.n_layers, config.n_heads],
    labels: { layer: numbers(config.n_layers), head: numbers(config.n_heads) },
  }
}
