import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { sizeOf } from '../../core/tensor'
import type { ModelConfig } from '../config'
import { parameterTensor, parametersOf } from '../parameters'
import type { Weights } from '../weights'
import { randomStream } from './random-stream'

/**
 * The weights that a training starts from, as TransformerLens draws them by default ("gpt2"): matrices normal with a standard
 * deviation of 0.8 / sqrt(d_model), biases 0, LayerNorm weights 1. The same for the same seed.
 */
export function initialWeights(config: ModelConfig, seed: number): Weights {
  const generator = randomStream(seed, 'initial weights', 0)
  const deviation = 0.8 / Math.sqrt(config.d_model)
  return new Map(
    parametersOf(config).map((parameter) => {
      const data = new Float32Array(sizeOf(parameter.shape))
      if (/W_\w+$/.test(parameter.name)) data.forEach((_, i) => (data[i] = deviation * normal(generator)))
      if (parameter.name.endsWith('.w')) data.fill(1)
      return [parameter.name, parameterTensor(config, parameter, data)]
    }),
  )
}

/** A standard normal number, by Box and Muller's transform. */
function normal(generator: RandomGenerator): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)))
  return radius * Math.cos(2 * Math.PI * uniformFloat64(generator))
}
