import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** What a stream of random numbers is for: streams of different purposes are independent. */
const purposes = ['initial weights', 'fresh sums', 'order of sums', 'held-out sums'] as const
export type Purpose = (typeof purposes)[number]

/**
 * The random numbers of one purpose at one step (or epoch). They follow from seed and step alone, so that a training that
 * was interrupted goes on with the very numbers it would have seen.
 */
export function randomStream(seed: number, purpose: Purpose, step: number): RandomGenerator {
  const generator = xoroshiro128plusFromState([seed | 0, step | 0, purposes.indexOf(purpose) + 1, 0x9e3779b9 | 0])
  // Similar states give similar first numbers; a few steps part them.
  for (let skipped = 0; skipped < 32; skipped++) generator.next()
  return generator
}
