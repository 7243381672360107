import { hookOfSum } from '../summed-hook'

/** Which graph of a model is wanted: the same specification always gives the same bytes. */
export interface GraphSpec {
  /** Hook names, `logits` and `dla`, and the sums of hooks over the examples (`summed-hook.ts`). */
  readonly outputs: readonly string[]
  /** Hooks that are edited: each adds the inputs `{hook}.mask` and `{hook}.value`. */
  readonly edits?: readonly string[]
  /** Hooks that are replaced outright by the input `{hook}.value`: nothing before them is computed for their sake. */
  readonly given?: readonly string[]
  /** The first layer that is computed: the input `blocks.{l}.hook_resid_pre.start` takes the tokens' place. */
  readonly startLayer?: number
  /**
   * Hooks whose clean activations are inputs, `{hook}.clean`: then only that head of the first layer is computed whose index
   * is the input `head`, and what it writes is exchanged for what it wrote in the clean run (`head-alone.ts`).
   */
  readonly known?: readonly string[]
  /** The positions that are computed from the last layer's queries onwards; all when absent. */
  readonly positions?: readonly number[]
  /** Whether layer 0 looks its heads' inputs up in tables (`first-layer-tables.ts`): faster where the weights are constant. */
  readonly tables?: boolean
  /** Default `float32`; training and gradient checks may want `float64`. */
  readonly type?: 'float32' | 'float64'
}

/** Name of the token input, int32 [example, position]. */
export const tokensInput = 'tokens'

export function startInput(layer: number): string {
  return `blocks.${layer}.hook_resid_pre.start`
}

/** Name of the input that says which head is computed, int32 [1]. */
export const headInput = 'head'

export function cleanInput(hook: string): string {
  return `${hook}.clean`
}

export function maskInput(hook: string): string {
  return `${hook}.mask`
}

export function valueInput(hook: string): string {
  return `${hook}.value`
}

/** What of another run takes the place of a hook's activation, site by site (`lone-sites.ts`). */
export function donorInput(hook: string): string {
  return `${hook}.donor`
}

/** The hooks that the outputs are, or are sums of. */
export function hooksOfOutputs({ outputs }: GraphSpec): string[] {
  return outputs.map((name) => hookOfSum(name) ?? name)
}
