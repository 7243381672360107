import type { Tensor } from '../core/tensor'
import type { ActivationCache, Model, RunOptions, Tokens } from './model'
import { summed } from './summed-hook'

/**
 * The clean mean of each hook over the examples of all batches, kept per position: the hook's axes with an `example` axis of
 * extent 1, in float64. The model adds the examples up, so that no activation leaves it. `options` are those of a run that
 * returns the sums (`summed`) among other things, where there is one that is made anyway.
 */
export async function meanActivations(
  model: Model,
  batches: Iterable<Tokens>,
  hooks: readonly string[],
  options: RunOptions = { outputs: hooks.map(summed) },
): Promise<ActivationCache> {
  const means = new Map<string, Tensor>()
  let examples = 0
  for (const tokens of batches) {
    const sums = await model.run(tokens, options)
    examples += tokens.shape[0]!
    for (const hook of hooks) {
      const sum = sums.get(summed(hook))!
      const total = means.get(hook) ?? { ...sum, data: new Float64Array(sum.data.length) }
      means.set(hook, total)
      for (let index = 0; index < total.data.length; index++) total.data[index]! += sum.data[index]!
    }
  }
  for (const { data } of means.values()) for (let index = 0; index < data.length; index++) data[index]! /= examples
  return means
}
