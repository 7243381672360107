import { randomOrders } from './random-orders'

/** With more players than this not every subset of them is asked about. */
export const mostWhole = 10
/** How many orders are drawn where there are more; always the same ones. */
export const sampledOrders = 24

/**
 * Which subsets of players are asked about, as sums of 2^player: all of them, or of many players those of none, one, two and
 * all, and those that some random orders pass through, in which the players come together one by one.
 */
export interface SubsetPlan {
  readonly subsets: readonly number[]
  /** The sampled orders; null where every subset is there. */
  readonly orders: readonly (readonly number[])[] | null
}

export function subsetPlan(players: number): SubsetPlan {
  if (players <= mostWhole)
    return { subsets: Array.from({ length: 2 ** players }, (_, subset) => subset), orders: null }
  const orders = randomOrders(players, sampledOrders)
  const all = 2 ** players - 1
  const singles = Array.from({ length: players }, (_, player) => 2 ** player)
  const pairs = singles.flatMap((one, index) => singles.slice(index + 1).map((other) => one + other))
  const passed = orders.flatMap((order) => prefixesOf(order))
  return { subsets: [...new Set([0, ...singles, ...pairs, ...passed, all])], orders }
}

/** The subsets that an order passes through, from its first player alone to all. */
function prefixesOf(order: readonly number[]): number[] {
  let subset = 0
  return order.map((player) => (subset += 2 ** player))
}

/** The players of a subset. */
export function playersIn(subset: number, players: number): number[] {
  return Array.from({ length: players }, (_, player) => player).filter((player) => holds(subset, player))
}

export function holds(subset: number, player: number): boolean {
  return Math.floor(subset / 2 ** player) % 2 === 1
}
