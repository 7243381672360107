import type { ModelConfig } from '../model/config'
import { hookOf, sites } from '../model/intervention'

/** Every hook that an intervention can act at. */
export function editableHooks({ n_layers }: ModelConfig): string[] {
  return Array.from({ length: n_layers }, (_, layer) => sites.map((site) => hookOf(site, layer))).flat()
}
