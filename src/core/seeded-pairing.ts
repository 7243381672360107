/**
 * A pairing of 0 .. count - 1 with one another: gives the partner of each. It is one cycle in an order that the seed shuffles, so
 * that every number is the partner of exactly one, and none of itself unless it is alone. Each is worked out by itself, for sets
 * that are too large to be listed. `count` is at most 2^32.
 */
export function seededPairing(count: number, seed: number): (index: number) => number {
  const bits = Math.max(1, Math.ceil(Math.log2(count) / 2))
  const half = 2 ** bits
  const keys = Array.from({ length: rounds }, (_, round) => mixed(seed ^ Math.imul(round + 1, 0x9e3779b9)))
  // What falls outside is taken a step further: it comes back inside, for it began there.
  const within = (index: number, step: typeof shuffled) => {
    let value = index
    do value = step(value, keys, half)
    while (value >= count)
    return value
  }
  return (index) => within((within(index, shuffled) + 1) % count, unshuffled)
}

const rounds = 6

/** A Feistel network: a permutation of the numbers below half * half, whatever the keys. */
function shuffled(value: number, keys: readonly number[], half: number): number {
  let [left, right] = [Math.floor(value / half), value % half]
  for (const key of keys) [left, right] = [right, (left ^ mixed(right ^ key)) & (half - 1)]
  return left * half + right
}

function unshuffled(value: number, keys: readonly number[], half: number): number {
  let [left, right] = [Math.floor(value / half), value % half]
  for (const key of keys.toReversed()) [left, right] = [(right ^ mixed(left ^ key)) & (half - 1), left]
  return left * half + right
}

/** The last step of MurmurHash3 (Appleby), which spreads every bit over all. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
