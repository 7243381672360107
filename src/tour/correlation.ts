import { mean } from '../core/statistics'

/** Pearson's correlation of two lists of the same length; NaN where one of them is constant. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const [x, y] = [centred(one), centred(other)]
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))
}

function centred(values: readonly number[]): number[] {
  const middle = mean(values)
  return values.map((value) => value - middle)
}

/** Sum of the products of two lists of the same length. */
export function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, index) => sum + value * y[index]!, 0)
}
