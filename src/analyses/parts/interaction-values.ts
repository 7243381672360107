import type { SubsetPlan } from '../../core/head-subsets'
import { plainInteractions, sampledShapley, shapleyInteractions, shapleyValues } from '../../core/shapley'

/** What heads are worth, from the losses of subsets of them; what not all losses are known for is NaN. */
export interface Worth {
  readonly values: Float64Array
  /** Standard errors; 0 where every subset is known. */
  readonly errors: Float64Array
}

/** `worth` is in the order of the plan's subsets. */
export function worthOf({ subsets, orders }: SubsetPlan, worth: ArrayLike<number>, players: number): Worth {
  if (!orders) return { values: shapleyValues(worth, players), errors: new Float64Array(players) }
  const known = new Map(subsets.map((subset, index) => [subset, worth[index]!]))
  return sampledShapley((subset) => known.get(subset)!, orders)
}

/** Shapley interactions; NaN where not every subset is there, for some orders do not pass through what they compare. */
export function pairsOf({ orders }: SubsetPlan, worth: ArrayLike<number>, players: number): Float64Array {
  return orders ? new Float64Array(players * players).fill(NaN) : shapleyInteractions(worth, players)
}

/** What two cost together more than each alone, with nobody else. */
export function plainPairsOf({ subsets }: SubsetPlan, worth: ArrayLike<number>, players: number): Float64Array {
  const known = new Map(subsets.map((subset, index) => [subset, worth[index]!]))
  if (subsets.length === 2 ** players) return plainInteractions(worth, players)
  return Float64Array.from({ length: players * players }, (_, index) => {
    const [one, other] = [2 ** Math.floor(index / players), 2 ** (index % players)]
    if (one === other) return NaN
    return known.get(one + other)! - known.get(one)! - known.get(other)! + known.get(0)!
  })
}
