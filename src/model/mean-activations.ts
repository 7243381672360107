import { type Tensor, tensor } from '../core/tensor'
import type { ActivationCache, Model, RunOptions, Tokens } from './model'
import { summed } from './summed-hook'

/** Examples in one run: enough to be efficient, few enough that the activations stay in the processor's caches. */
export const batchSize = 200

/**
 * The clean mean of each hook over all examples, kept per position: the hook's axes with an `example` axis of extent 1, in
 * float64. The model adds the examples up, so that no activation leaves it. `options` are those of a run that returns the sums
 * (`summed`) among other things, where there is one that is made anyway.
 */
export async function meanActivations(
  model: Model,
  tokens: Tokens,
  hooks: readonly string[],
  options: RunOptions = { outputs: hooks.map(summed) },
): Promise<ActivationCache> {
  const [examples, length] = tokens.shape as [number, number]
  const means = new Map<string, Tensor>()
  for (let begin = 0; begin < examples; begin += batchSize) {
    const end = Math.min(examples, begin + batchSize)
    const batch = tensor(
      ['example', 'position'],
      [end - begin, length],
      tokens.data.subarray(begin * length, end * length),
    )
    const sums = await model.run(batch, options)
    for (const hook of hooks) {
      const sum = sums.get(summed(hook))!
      const mean = means.get(hook) ?? { ...sum, data: new Float64Array(sum.data.length) }
      means.set(hook, mean)
      for (let index = 0; index < mean.data.length; index++) mean.data[index]! += sum.data[index]! / examples
    }
  }
  return means
}
