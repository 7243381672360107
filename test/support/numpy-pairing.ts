import { mersenne } from 'pure-rand/generator/mersenne'
import type { Sum } from '../../src/core/sum'

/**
 * The pairs that the reference values of transplants are of: each sum's donor by `RandomState(seed).permutation(n)`, drawn
 * again until none is its own. NumPy shuffles from the end, and draws an index as the low bits of a 32-bit number, again
 * while these are too large.
 */
export function numpyPairs(sums: readonly Sum[], seed: number): { recipients: readonly Sum[]; donors: readonly Sum[] } {
  const generator = mersenne(seed)
  let order = permutation(sums.length, generator)
  while (order.some((other, index) => other === index)) order = permutation(sums.length, generator)
  return { recipients: sums, donors: order.map((index) => sums[index]!) }
}

function permutation(count: number, generator: { next(): number }): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const mask = 2 ** (32 - Math.clz32(last)) - 1
    let other = generator.next() & mask
    while (other > last) other = generator.next() & mask
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
