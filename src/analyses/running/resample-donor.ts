import { mersenne } from 'pure-rand/generator/mersenne'
import type { Sum } from '../../core/sum'

/** The sum that a single sum is resampled from: drawn from the reference set with the seed, another one if there is any. */
export function resampleDonor(sum: Sum, reference: readonly Sum[], seed: number): Sum {
  const others = reference.filter(({ a, b }) => a !== sum.a || b !== sum.b)
  return others[(mersenne(seed).next() >>> 0) % others.length] ?? sum
}
