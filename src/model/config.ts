import type { TaskLayout } from '../core/task-layout'

/** What an MLP layer applies to each neuron; TransformerLens's names. `gelu_new` is the tanh approximation of `gelu`. */
export const activationFunctions = ['relu', 'gelu', 'gelu_new', 'silu'] as const
export type ActivationFunction = (typeof activationFunctions)[number]

/**
 * How the residual stream is normalized where it is read. `LN` is LayerNorm; `RMS` only divides by the root mean square, and
 * has a weight but no bias. `LNPre` and `RMSPre` are what is left once their weights were folded into the next layer. `null`:
 * nothing is normalized.
 */
export const normalizationTypes = ['LN', 'LNPre', 'RMS', 'RMSPre', null] as const
export type NormalizationType = (typeof normalizationTypes)[number]

/** The shape of a transformer that adds, with TransformerLens's field names. */
export interface ModelConfig {
  readonly n_layers: number
  readonly n_heads: number
  readonly d_model: number
  readonly d_head: number
  /** 12, the ten digits, `+` and `=`, or more. The weights have them in the order of `vocabularyOrder`. */
  readonly d_vocab: number
  /** Tokens in a whole sum, `contextLength` of the layout. A file may have more positions: those after a sum are never run. */
  readonly n_ctx: number
  readonly normalization_type: NormalizationType
  /** The normalization's epsilon. */
  readonly eps: number
  /** Neurons of each MLP layer; absent in a model that has attention only. */
  readonly d_mlp?: number
  /** Present exactly where `d_mlp` is. */
  readonly act_fn?: ActivationFunction
  /** How sums are written, and which. */
  readonly layout: TaskLayout
}

/** A configuration with MLP layers. */
export type MlpConfig = ModelConfig & { readonly d_mlp: number; readonly act_fn: ActivationFunction }

/** Whether each layer has an MLP behind its attention. */
export function hasMlp(config: ModelConfig): config is MlpConfig {
  return config.d_mlp !== undefined
}
