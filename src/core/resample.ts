import { mersenne } from 'pure-rand/generator/mersenne'

/**
 * For each of `count` examples the index of another one to take activations from: a seeded random cyclic permutation
 * (Sattolo's), so every example is used exactly once and none is its own partner, unless it is alone.
 */
export function resamplePartners(count: number, seed: number): Int32Array {
  const partners = Int32Array.from({ length: count }, (_, index) => index)
  const generator = mersenne(seed)
  for (let last = count - 1; last > 0; last--) {
    const other = (generator.next() >>> 0) % last
    const kept = partners[last]!
    partners[last] = partners[other]!
    partners[other] = kept
  }
  return partners
}
