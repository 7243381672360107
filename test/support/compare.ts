import { expect } from 'vitest'

/** Largest absolute difference of two arrays; equal infinities differ by 0, and anything else that is not finite by Infinity. */
export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  expect(left.length).toBe(right.length)
  let largest = 0
  for (let index = 0; index < left.length; index++) {
    if (Object.is(left[index], right[index])) continue
    const difference = Math.abs(left[index]! - right[index]!)
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference)
  }
  return largest
}
