import { layoutText } from '../../src/core/layout-text'
import { contextLength, publishedLayout } from '../../src/core/task-layout'
import { checkConfig } from '../../src/model/check-config'
import type { ModelConfig } from '../../src/model/config'
import { randomWeights } from '../../src/model/random-weights'
import { ReferenceModel } from '../../src/model/reference-model'

/** What differs from the usual: sizes, and a layout or the number of digits of a published one. */
export type SmallConfig = Partial<ModelConfig> & { readonly numDigits?: number }

/** A small model of the family, by default two layers of three heads that add four digits. */
export function smallConfig({ numDigits = 4, ...change }: SmallConfig = {}): ModelConfig {
  const layout = change.layout ?? publishedLayout(numDigits)
  return checkConfig({
    n_layers: 2,
    n_heads: 3,
    d_model: 12,
    d_head: 5,
    d_vocab: 12,
    n_ctx: contextLength(layout),
    normalization_type: 'LN',
    eps: 1e-5,
    ...change,
    layout,
  })
}

/** Five shapes that differ in every size, both LayerNorm types among them. */
export const fiveConfigs: readonly ModelConfig[] = [
  smallConfig(),
  smallConfig({ n_layers: 1, n_heads: 1, numDigits: 2 }),
  smallConfig({ n_layers: 4, n_heads: 2, d_model: 16, d_head: 8, numDigits: 3 }),
  smallConfig({ n_layers: 2, n_heads: 8, d_model: 10, d_head: 3, numDigits: 6, normalization_type: 'LNPre' }),
  smallConfig({ n_layers: 3, n_heads: 4, d_model: 24, d_head: 4, numDigits: 5 }),
]

/** Models with other blocks: every activation function, every normalization and none, layers from one on. */
export const blockConfigs: readonly ModelConfig[] = [
  smallConfig({ numDigits: 3, d_mlp: 7, act_fn: 'relu' }),
  smallConfig({ n_layers: 1, n_heads: 2, numDigits: 2, d_mlp: 20, act_fn: 'gelu', normalization_type: null }),
  smallConfig({ n_layers: 3, n_heads: 2, numDigits: 2, d_mlp: 16, act_fn: 'gelu_new', normalization_type: 'RMS' }),
  smallConfig({ n_heads: 2, numDigits: 3, d_mlp: 9, act_fn: 'silu', normalization_type: 'RMSPre' }),
  smallConfig({ n_layers: 1, numDigits: 2, d_mlp: 6, act_fn: 'silu', normalization_type: 'LNPre' }),
  smallConfig({ numDigits: 2, normalization_type: null }),
]

/** All of them. */
export const everyConfig: readonly ModelConfig[] = [...fiveConfigs, ...blockConfigs]

/** The float64 oracle with random weights. */
export function randomModel(config: ModelConfig = smallConfig(), seed = 1): ReferenceModel {
  return new ReferenceModel({ name: 'random', sha256: '0'.repeat(64), config, weights: randomWeights(config, seed) })
}

/** What a configuration is called in a test's name. */
export function describeConfig({ n_layers, n_heads, layout, normalization_type, act_fn }: ModelConfig): string {
  const blocks = `${n_layers} layers, ${n_heads} heads, ${layoutText(layout)}, ${normalization_type}`
  return act_fn ? `${blocks}, MLPs with ${act_fn}` : blocks
}
