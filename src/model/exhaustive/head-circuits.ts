import type { ModelConfig } from '../config'
import type { Weights } from '../weights'

/**
 * A layer's heads as maps of the normalised residual stream, the heads side by side (as in "A Mathematical Framework for
 * Transformer Circuits"). Row-major float32; float64 until the last rounding.
 */
export interface HeadCircuits {
  /** [d_model, head * d_model]: W_Q @ W_K^T / sqrt(d_head), so that the scores are its products with the keys' stream. */
  readonly QK: Float32Array
  /** [head * d_model]: b_Q @ W_K^T / sqrt(d_head). b_K adds the same to every key of a query, which softmax ignores. */
  readonly queryBias: Float32Array
  /** [head * d_model, d_model]: W_V @ W_O. */
  readonly OV: Float32Array
}

export function headCircuits(
  { n_heads: H, d_model: M, d_head: D }: ModelConfig,
  weights: Weights,
  layer: number,
): HeadCircuits {
  const parameter = (name: string) => weights.get(`blocks.${layer}.attn.${name}`)!.data
  const [W_Q, W_K, W_V, W_O, b_Q] = ['W_Q', 'W_K', 'W_V', 'W_O', 'b_Q'].map(parameter)
  const QK = new Float32Array(M * H * M)
  const OV = new Float32Array(H * M * M)
  const queryBias = new Float32Array(H * M)
  for (let head = 0; head < H; head++)
    for (let to = 0; to < M; to++) {
      // Row `to` of the head's W_K.
      const key = (head * M + to) * D
      queryBias[head * M + to] = dot(D, b_Q!, head * D, W_K!, key) / Math.sqrt(D)
      for (let from = 0; from < M; from++) {
        const row = (head * M + from) * D
        QK[from * H * M + head * M + to] = dot(D, W_Q!, row, W_K!, key) / Math.sqrt(D)
        OV[(head * M + from) * M + to] = dot(D, W_V!, row, W_O!, head * D * M + to, M)
      }
    }
  return { QK, queryBias, OV }
}

/** Sum of products of `length` entries of two arrays, from an offset each; the second in steps of `stride`. */
function dot(
  length: number,
  left: ArrayLike<number>,
  leftOffset: number,
  right: ArrayLike<number>,
  rightOffset: number,
  stride = 1,
): number {
  let total = 0
  for (let index = 0; index < length; index++) total += left[leftOffset + index]! * right[rightOffset + index * stride]!
  return total
}
