import { mean } from '../../src/core/statistics'

/** Unbiased standard deviation (ddof 1); NaN of fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  for (let index = 0; index < values.length; index++) squares += (values[index]! - centre) ** 2
  return Math.sqrt(squares / (values.length - 1))
}
