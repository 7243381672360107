import type { ModelConfig } from '../model/config'
import { hookOf, sites } from '../model/intervention'

/** Every hook that an intervention can act at, from a layer on. */
export function editableHooks({ n_layers }: ModelConfig, from = 0): string[] {
  const layers = Array.from({ length: n_layers - from }, (_, index) => from + index)
  return layers.flatMap((layer) => sites.map((site) => hookOf(site, layer)))
}
