import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { sizeOf } from '../core/tensor'
import type { ModelConfig } from './config'
import { type Parameter, parameterTensor, parametersOf } from './parameters'
import type { Weights } from './weights'

/**
 * Float32 weights of an untrained model, the same for the same seed (0 to 2^32 - 1), drawn uniformly: matrices scaled by
 * their number of inputs, LayerNorm weights near 1. Biases are not 0, so that in tests attention is far from uniform and
 * no term is silently absent.
 */
export function randomWeights(config: ModelConfig, seed: number): Weights {
  const generator = xoroshiro128plus(seed | 0)
  const symmetric = () => 2 * uniformFloat64(generator) - 1
  return new Map(
    parametersOf(config).map((parameter) => {
      const [middle, spread] = distributionOf(parameter, config)
      const data = Float32Array.from({ length: sizeOf(parameter.shape) }, () => middle + spread * symmetric())
      return [parameter.name, parameterTensor(config, parameter, data)]
    }),
  )
}

/** Centre and half width of the uniform distribution that a parameter's entries are drawn from. */
function distributionOf(
  { name }: Parameter,
  { d_model, d_head, n_heads, d_mlp }: ModelConfig,
): readonly [number, number] {
  if (name.endsWith('.w')) return [1, 0.3]
  if (/\.b(_\w+)?$/.test(name)) return [0, 0.3]
  if (/W_E$|W_pos$/.test(name)) return [0, 1]
  const inputs = name.endsWith('W_O') ? n_heads * d_head : name.endsWith('W_out') ? d_mlp! : d_model
  return [0, 2 / Math.sqrt(inputs)]
}
