import type { ModelConfig } from '../model/config'
import { hookOf, sitesOf } from '../model/intervention'

/** Every hook that an intervention can act at, from a layer on. */
export function editableHooks(config: ModelConfig, from = 0): string[] {
  const layers = Array.from({ length: config.n_layers - from }, (_, index) => from + index)
  return layers.flatMap((layer) => sitesOf(config).map((site) => hookOf(site, layer)))
}
