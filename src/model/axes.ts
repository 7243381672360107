import { layerHeadLabels } from '../core/heads'
import { positionLabels } from '../core/positions'
import { vocabLabels } from '../core/vocabulary'
import type { ModelConfig } from './config'

/**
 * Labels of those of the axes `dims` that are categorical; the coordinates of `d_model` and `d_head` have no names.
 * A `head` axis needs `layer`. `positions` are those that a position or query axis consists of, by default all.
 */
export function axisLabels(
  config: ModelConfig,
  dims: readonly string[],
  { layer, positions }: { layer?: number | undefined; positions?: readonly number[] | undefined } = {},
): Record<string, readonly string[]> {
  const places = positionLabels(config.layout)
  const chosen = positions?.map((position) => places[position]!) ?? places
  const known: Record<string, readonly string[]> = {
    position: chosen,
    query: chosen,
    key: places,
    vocab: vocabLabels(config.layout, config.d_vocab),
  }
  if (layer !== undefined) known['head'] = layerHeadLabels(layer, config.n_heads)
  return Object.fromEntries(dims.flatMap((dim) => (known[dim] ? [[dim, known[dim]]] : [])))
}
