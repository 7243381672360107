import type { ActivationCache } from '../../src/model/model'
import { largestDifference } from './compare'

/** Float32 against float64, absolute; logits and DLA are large numbers. */
export function toleranceOf(hook: string): number {
  return hook === 'logits' || hook === 'dla' ? 3e-4 : 2e-5
}

/**
 * Compares two runs over hooks given in the order of the forward pass. Null where they agree; otherwise a sentence about
 * the FIRST hook that diverges, where everything after it only follows.
 */
export function firstDivergence(
  hooks: readonly string[],
  actual: ActivationCache,
  expected: ActivationCache,
  tolerance: (hook: string) => number = toleranceOf,
): string | null {
  for (const hook of hooks) {
    const [found, wanted] = [actual.get(hook)!, expected.get(hook)!]
    if (found.shape.join() !== wanted.shape.join())
      return `${hook} is the first hook that diverges: its shape is [${found.shape.join()}], not [${wanted.shape.join()}].`
    const difference = largestDifference(found.data, wanted.data)
    if (difference > tolerance(hook))
      return `${hook} is the first hook that diverges: by ${difference}, where ${tolerance(hook)} is tolerated.`
  }
  return null
}
