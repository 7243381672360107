import type { Sum } from '../core/sum'

/** Where an intervention acts, by the last part of TransformerLens's hook name. `resid_pre` has no head. */
export const sites = ['q', 'k', 'v', 'pattern', 'z', 'result', 'resid_pre'] as const
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
  /** Absent for `resid_pre`, which has none. */
  readonly head?: number
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
  if (site === 'resid_pre') return `blocks.${layer}.hook_resid_pre`
  return site === 'result' ? `blocks.${layer}.attn.hook_result` : `blocks.${layer}.attn.hook_${site}`
}
