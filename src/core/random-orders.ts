import { mersenne } from 'pure-rand/generator/mersenne'

/** So many orders of players, each equally likely, the same at each call (Fisher and Yates). */
export function randomOrders(players: number, count: number): number[][] {
  const generator = mersenne(42)
  return Array.from({ length: count }, () => {
    const order = Array.from({ length: players }, (_, player) => player)
    for (let last = players - 1; last > 0; last--) {
      const chosen = (generator.next() >>> 0) % (last + 1)
      ;[order[last], order[chosen]] = [order[chosen]!, order[last]!]
    }
    return order
  })
}
