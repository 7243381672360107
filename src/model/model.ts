import type { Tensor } from '../core/tensor'
import type { ModelConfig } from './config'
import type { Weights } from './weights'

/** Token ids [example, position], int32: digits 0-9, `+` 10, `=` 11. */
export type Tokens = Tensor<readonly ['example', 'position']>

/** Activations by hook name, as asked for. The batch axis is called `example`; the others as in DESIGN (`position`, `head`, …). */
export type ActivationCache = ReadonlyMap<string, Tensor>

/**
 * An intervention made concrete: at `hook`, x' = where(mask, value, x).
 *
 * Mask and value broadcast against the activation from the right, over any axis of extent 1. So one batch can hold clean
 * and intervened rows side by side: give the mask a batch axis and leave the clean rows 0. A mask of ones with a value of
 * the activation's whole shape gives the activation outright: what computes it is then not run.
 */
export interface Edit {
  readonly hook: string
  /** 1 where the value replaces the activation. Same rank as the activation. */
  readonly mask: { readonly shape: readonly number[]; readonly data: Uint8Array }
  /** Same rank as the activation. */
  readonly value: { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array }
}

export interface RunOptions {
  /**
   * Hook names to return, plus `logits` [example, position, vocab]. Fewer are faster: each set has its own graph. A name
   * made by `summed` returns the hook's sum over the examples instead, with an example axis of extent 1.
   */
  readonly outputs: readonly string[]
  /** At most one per hook. */
  readonly edits?: readonly Edit[]
  /** Begin at a later layer from its clean `hook_resid_pre` [example, position, d_model] instead of from the tokens. */
  readonly start?: { readonly layer: number; readonly residPre: Tensor }
  /**
   * What the same tokens give without any edit, at the same `positions`, as far as it is known (`hooksToShare` names what is
   * worth knowing). It may stand in for what the edits leave unchanged, and changes nothing but the rounding.
   */
  readonly clean?: ActivationCache
  /**
   * Only these positions are computed from the last layer's queries onwards; every output of the last layer that has a
   * (query) position axis, `ln_final` and `logits` have only them, in this order. Default: all.
   */
  readonly positions?: readonly number[]
}

/** What a set of weights can be asked for. The engine implements it on onnxruntime, the oracle in float64. */
export interface Model {
  readonly name: string
  /** SHA-256 of the file that the model came from, hex. */
  readonly sha256: string
  readonly config: ModelConfig
  /** The weights in use, after processing. */
  readonly weights: Weights
  run(tokens: Tokens, options: RunOptions): Promise<ActivationCache>
}

/** The same model, run in another way. */
export function runAs({ name, sha256, config, weights }: Model, run: Model['run']): Model {
  return { name, sha256, config, weights, run }
}
