/**
 * Shapley values of a game: `worth[subset]` is the worth of a subset of players, given as a bit mask. A player's value is what
 * it adds to the worth, averaged over all orders in which the players can come together. The values add up to the worth of all
 * less that of none.
 */
export function shapleyValues(worth: ArrayLike<number>, players: number): Float64Array {
  const weights = sizeWeights(players, 1)
  return Float64Array.from({ length: players }, (_, player) => {
    const bit = 1 << player
    let value = 0
    for (let subset = 0; subset < worth.length; subset++)
      if (!(subset & bit)) value += weights[sizeOfSubset(subset)]! * (worth[subset | bit]! - worth[subset]!)
    return value
  })
}

/**
 * The Shapley interaction index of every two players [one, other] (Grabisch and Roubens 1999): by how much the two together
 * add more than each alone, averaged over what else is there. NaN on the diagonal.
 */
export function shapleyInteractions(worth: ArrayLike<number>, players: number): Float64Array {
  const weights = sizeWeights(players, 2)
  return overPairs(players, (one, other) => {
    let value = 0
    for (let subset = 0; subset < worth.length; subset++)
      if (!(subset & (one | other))) value += weights[sizeOfSubset(subset)]! * together(worth, subset, one, other)
    return value
  })
}

/** By how much every two players add more together than each alone, where nobody else is there. NaN on the diagonal. */
export function plainInteractions(worth: ArrayLike<number>, players: number): Float64Array {
  return overPairs(players, (one, other) => together(worth, 0, one, other))
}

function together(worth: ArrayLike<number>, rest: number, one: number, other: number): number {
  return worth[rest | one | other]! - worth[rest | one]! - worth[rest | other]! + worth[rest]!
}

function overPairs(players: number, valueOf: (one: number, other: number) => number): Float64Array {
  return Float64Array.from({ length: players * players }, (_, index) => {
    const [one, other] = [Math.floor(index / players), index % players]
    return one === other ? NaN : valueOf(1 << one, 1 << other)
  })
}

/** By size of the rest s: s! (n - s - k)! / (n - k + 1)!, where k players join n - k others. */
function sizeWeights(players: number, joining: number): Float64Array {
  const others = players - joining
  const weights = new Float64Array(Math.max(1, others + 1))
  for (let size = 0; size <= others; size++) weights[size] = 1 / ((others + 1) * choose(others, size))
  return weights
}

function choose(from: number, count: number): number {
  let result = 1
  for (let index = 1; index <= count; index++) result = (result * (from - count + index)) / index
  return result
}

function sizeOfSubset(subset: number): number {
  let size = 0
  for (let rest = subset; rest > 0; rest >>= 1) size += rest & 1
  return size
}

/** Shapley values from some orders: means over what each player adds in each, with their standard errors. */
export function sampledShapley(
  worthOf: (subset: number) => number,
  orders: readonly (readonly number[])[],
): { readonly values: Float64Array; readonly errors: Float64Array } {
  const players = orders[0]?.length ?? 0
  const [sums, squares] = [new Float64Array(players), new Float64Array(players)]
  for (const order of orders) {
    let subset = 0
    for (const player of order) {
      const before = worthOf(subset)
      subset += 2 ** player
      const added = worthOf(subset) - before
      sums[player]! += added
      squares[player]! += added * added
    }
  }
  const count = orders.length
  const values = sums.map((sum) => sum / count)
  const errors = squares.map((square, player) => {
    const variance = Math.max(0, square - count * values[player]! ** 2) / (count - 1)
    return Math.sqrt(variance / count)
  })
  return { values, errors }
}
