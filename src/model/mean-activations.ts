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
      tokens.data.subarray(begin * length, end * length),
    )
    const cache = await model.run(batch, { outputs: hooks })
    for (const [hook, activation] of cache) {
      const mean = means.get(hook) ?? emptyMean(activation)
      means.set(hook, mean)
      addRows(mean.data as Float64Array, activation.data)
    }
  }
  for (const { data } of means.values()) for (let index = 0; index < data.length; index++) data[index]! /= examples
  return means
}

/** Adds every row of `rows`, each as long as `total`. */
function addRows(total: Float64Array, rows: ArrayLike<number>): void {
  const width = total.length
  for (let row = 0; row < rows.length; row += width)
    for (let column = 0; column < width; column++) total[column]! += rows[row + column]!
}

function emptyMean(activation: Tensor): Tensor {
  const shape = [1, ...activation.shape.slice(1)]
  return { ...activation, shape, data: new Float64Array(activation.data.length / activation.shape[0]!) }
}
