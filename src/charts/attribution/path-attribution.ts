import { attributionDrawing } from './attribution'
import type { AttributionDatum, AttributionInput } from './attribution-input'
import type { Display } from '../drawing/display'
import type { Drawing } from '../drawing/drawing'

/**
 * Direct logit attribution by path: as `attributionDrawing`, with what reaches a layer-1 head from the embeddings and from
 * each layer-0 head counted apart. The names of paths are longer, so the map begins further to the right.
 */
export function pathAttributionDrawing(input: AttributionInput, display: Display): Drawing<AttributionDatum> {
  const longest = Math.max(...(input.clean.attribution.labels.component ?? ['']).map((label) => label.length))
  return attributionDrawing(input, display, Math.max(76, 7.3 * longest + 12))
}
