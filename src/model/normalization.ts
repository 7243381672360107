import type { ModelConfig } from './config'

/** What a model's normalization consists of. */
type Normalized = Pick<ModelConfig, 'normalization_type'>

/** Whether the residual stream is normalized at all where it is read. */
export function isNormalized({ normalization_type }: Normalized): boolean {
  return normalization_type !== null
}

/** Whether normalization takes the mean away before it scales: LayerNorm does, RMS does not. */
export function isCentring({ normalization_type }: Normalized): boolean {
  return normalization_type === 'LN' || normalization_type === 'LNPre'
}

/** Whether a normalization has a weight of its own, `.w`, which is not folded into the next layer. */
export function hasNormWeight({ normalization_type }: Normalized): boolean {
  return normalization_type === 'LN' || normalization_type === 'RMS'
}

/** Whether a normalization has a bias of its own, `.b`: only LayerNorm has, and only before it is folded. */
export function hasNormBias({ normalization_type }: Normalized): boolean {
  return normalization_type === 'LN'
}
