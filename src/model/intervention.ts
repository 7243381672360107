import type { Sum } from '../core/sum'
import { hasMlp, type ModelConfig } from './config'

/** Where an intervention can act on one head, by the last part of TransformerLens's hook name. */
export const headSites = ['q', 'k', 'v', 'pattern', 'z', 'result'] as const

/** Where it can act on an MLP: on all that it writes, or on its neurons, one or all. */
export const mlpSites = ['mlp_out', 'mlp_post'] as const

/** Every site; `resid_pre` and those of MLPs have no head. */
export const sites = [...headSites, 'resid_pre', ...mlpSites] as const
export type Site = (typeof sites)[number]

/** What the activation is replaced by. */
export const modes = ['zero', 'mean', 'resample', 'patch'] as const
export type Mode = (typeof modes)[number]

/**
 * One replaced activation: plain, serialisable, the same in files, messages, the window and the command line.
 *
 * `mean` is the clean mean over the reference set at the same position; `resample` takes the clean activation of another
 * sum, drawn with `seed`; `patch` that of `donor`. Where two interventions meet, the later one wins.
 */
export interface Intervention {
  readonly site: Site
  readonly layer: number
  /** Present exactly for the sites of heads. */
  readonly head?: number
  /** For `mlp_post`: the one neuron that is replaced; all of the layer's when absent. */
  readonly neuron?: number
  /** Positions (0-based); for `pattern` the query positions. */
  readonly positions: 'all' | readonly number[]
  readonly mode: Mode
  /** For `patch`. */
  readonly donor?: Sum
  /** For `resample`; 0 when absent. */
  readonly seed?: number
}

/** The hook that a site of a layer is read and replaced at. */
export function hookOf(site: Site, layer: number): string {
  if (site === 'mlp_post') return `blocks.${layer}.mlp.hook_post`
  return isHeadSite(site) ? `blocks.${layer}.attn.hook_${site}` : `blocks.${layer}.hook_${site}`
}

/** Whether a site belongs to a head. */
export function isHeadSite(site: Site): site is (typeof headSites)[number] {
  return headSites.some((known) => known === site)
}

/** The sites that a model has: those of MLPs only where it has MLPs. */
export function sitesOf(config: ModelConfig): readonly Site[] {
  return hasMlp(config) ? sites : sites.filter((site) => !mlpSites.some((known) => known === site))
}
