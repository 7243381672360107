import { type Tensor, tensor } from '../core/tensor'
import type { ActivationCache, Model, Tokens } from './model'

/** Examples in one run: enough to be efficient, few enough to stay in the processor's caches. */
const batchSize = 256

/** The clean mean of each hook over all examples, kept per position: the hook's axes with an `example` axis of extent 1, in float64. */
export async function meanActivations(
  model: Model,
  tokens: Tokens,
  hooks: readonly string[],
): Promise<ActivationCache> {
  const [examples, length] = tokens.shape as [number, number]
  const means = new Map<string, Tensor>()
  for (let begin = 0; begin < examples; begin += batchSize) {
    const end = Math.min(examples, begin + batchSize)
    const batch = tensor(
      ['example', 'position'],
      [end - begin, length],
      tokens.data.slice(begin * length, end * length),
    )
    const cache = await model.run(batch, { outputs: hooks })
    for (const [hook, activation] of cache) {
      const mean = means.get(hook) ?? emptyMean(activation)
      means.set(hook, mean)
      for (let index = 0; index < activation.data.length; index++)
        mean.data[index % mean.data.length]! += activation.data[index]! / examples
    }
  }
  return means
}

function emptyMean(activation: Tensor): Tensor {
  const shape = [1, ...activation.shape.slice(1)]
  return { ...activation, shape, data: new Float64Array(activation.data.length / activation.shape[0]!) }
}
