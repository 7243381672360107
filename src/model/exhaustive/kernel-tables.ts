import { answerPositions } from '../../core/positions'
import type { ModelConfig } from '../config'
import type { Weights } from '../weights'
import type { FirstLayerTables } from './layer-tables'
import type { FixedActivations } from './fixed-activations'
import { fixedWriting } from './fixed-tables'
import { headCircuits } from './head-circuits'
import { type KernelLayout, vocab } from './kernel-layout'

/** So low that exp of it, less anything that occurs, is nothing. */
const unseen = -1e30

/** Writes what does not change from sum to sum into the kernel's memory. */
export function writeKernelTables(
  config: ModelConfig,
  weights: Weights,
  { own, values }: FirstLayerTables,
  layout: KernelLayout,
  memory: ArrayBuffer,
  fixed: FixedActivations,
  b_V: ArrayLike<number>,
): void {
  const { n_heads: H, d_model: M, d_head: D } = config
  const { address, record } = layout
  const parameter = (name: string) => weights.get(name)!.data
  const floats = (at: number, length: number) => new Float32Array(memory, at, length)
  const image = imageOf(config, weights, layout)
  const entries = own.length / M
  for (let entry = 0; entry < entries; entry++) {
    image(Float64Array.from(own.subarray(entry * M, (entry + 1) * M)), floats(address.own + 4 * entry * record, record))
    for (let head = 0; head < H; head++) {
      const row = entry * H + head
      image(Float64Array.from(values.subarray(row * M, (row + 1) * M)), floats(address.rows + 4 * row * record, record))
    }
  }
  const [b_Q, b_O1] = [parameter('blocks.1.attn.b_Q'), parameter('blocks.1.attn.b_O')]
  const [W_U, b_U] = [parameter('unembed.W_U'), parameter('unembed.b_U')]
  for (const [digit, position] of answerPositions(config.layout).entries()) {
    const queries = floats(address.queryBias + 4 * digit * H * layout.head, H * layout.head)
    const stream = floats(address.streamBias + 4 * digit * layout.stream, M)
    stream.set(b_O1)
    for (let head = 0; head < H; head++) {
      const q = fixed.at('q', 1, position, head)
      for (let d = 0; d < D; d++) queries[head * layout.head + d] = (q?.[d] ?? b_Q[head * D + d]!) / Math.sqrt(D)
      fixedWriting(config, weights, fixed, b_V, 1, position, head)?.forEach((value, m) => (stream[m]! += value))
    }
  }
  floats(address.unembedding, M * vocab).set(W_U)
  floats(address.unembeddingBias, vocab).set(b_U)
  for (let position = 0; position < layout.positions; position++)
    for (const [digit, asking] of answerPositions(config.layout).entries())
      floats(address.seen, layout.positions * layout.lanes)[position * layout.lanes + digit] =
        position > asking ? unseen : 0
}

/** Writes the record of a stream; see `KernelLayout`. */
function imageOf(
  config: ModelConfig,
  weights: Weights,
  layout: KernelLayout,
): (stream: Float64Array, record: Float32Array) => void {
  const { n_heads: H, d_model: M, d_head: D } = config
  const [W_Q, W_K] = ['W_Q', 'W_K'].map((name) => weights.get(`blocks.1.attn.${name}`)!.data)
  const { OV } = headCircuits(config, weights, 1)
  const product = (stream: Float64Array, matrix: ArrayLike<number>, from: number, stride: number) => {
    let total = 0
    for (let m = 0; m < M; m++) total += stream[m]! * matrix[from + m * stride]!
    return total
  }
  return (stream, record) => {
    record.set(stream)
    for (let head = 0; head < H; head++) {
      for (let d = 0; d < D; d++) {
        record[layout.keys + head * layout.head + d] = product(stream, W_K!, head * M * D + d, D)
        record[layout.queries + head * layout.head + d] = product(stream, W_Q!, head * M * D + d, D) / Math.sqrt(D)
      }
      for (let m = 0; m < M; m++)
        record[layout.values + head * layout.stream + m] = product(stream, OV, head * M * M + m, M)
    }
  }
}

/** Models that the kernel knows, fully processed: two layers of attention with LayerNorm, of a size that its registers hold. */
export function isKnownToKernel(
  { n_layers, n_heads, d_model, d_head, d_vocab }: ModelConfig,
  { weights }: FirstLayerTables,
): boolean {
  const isSmall = n_heads <= 8 && d_model <= 128 && d_head <= 64
  return n_layers === 2 && d_vocab === vocab && isSmall && weights.every((weight) => weight < 1e30)
}
