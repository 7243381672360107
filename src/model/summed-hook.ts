import type { Tensor } from '../core/tensor'

const suffix = '.sum'

/** The name under which a run returns the sum of a hook over the examples, with an example axis of extent 1. */
export function summed(hook: string): string {
  return hook + suffix
}

/** The hook that a name asks the sum of; undefined for a hook's own name. */
export function hookOfSum(name: string): string | undefined {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined
}

/** The sum of an activation over its first axis, the examples, in float64. */
export function sumOverExamples(activation: Tensor): Tensor {
  const [, ...rest] = activation.shape
  const total = new Float64Array(rest.reduce((product, extent) => product * extent, 1))
  addRows(total, activation.data)
  return { ...activation, shape: [1, ...rest], data: total }
}

/** Adds every row of `rows`, each as long as `total`, to it. */
function addRows(total: Float64Array, rows: ArrayLike<number>): void {
  const width = total.length
  for (let row = 0; row < rows.length; row += width)
    for (let column = 0; column < width; column++) total[column]! += rows[row + column]!
}
