import { expect, test } from 'vitest'
import { plainInteractions, shapleyInteractions, shapleyValues } from '../../src/core/shapley'
import { fc } from '../support/arbitraries'

const game = fc
  .integer({ min: 1, max: 4 })
  .chain((players) =>
    fc
      .array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2 ** players, maxLength: 2 ** players })
      .map((worth) => ({ players, worth })),
  )

function ordersOf(players: readonly number[]): number[][] {
  if (players.length === 0) return [[]]
  return players.flatMap((first) =>
    ordersOf(players.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  )
}

test('the values are what each player adds, averaged over all orders, and add up to the whole', () => {
  fc.assert(
    fc.property(game, ({ players, worth }) => {
      const orders = ordersOf(Array.from({ length: players }, (_, player) => player))
      const added = new Float64Array(players)
      for (const order of orders)
        order.reduce((before, player) => {
          const after = before | (1 << player)
          added[player]! += (worth[after]! - worth[before]!) / orders.length
          return after
        }, 0)
      const values = shapleyValues(worth, players)
      values.forEach((value, player) => expect(value).toBeCloseTo(added[player]!, 10))
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(worth.at(-1)! - worth[0]!, 10)
    }),
  )
})

test('two players that only pay together interact by what they pay, and no others do', () => {
  const worth = Float64Array.from({ length: 8 }, (_, subset) => ((subset & 3) === 3 ? 6 : 0) + (subset & 4 ? 2 : 0))
  const expected = [NaN, 6, 0, 6, NaN, 0, 0, 0, NaN]
  expect(Array.from(shapleyInteractions(worth, 3))).toEqual(expected)
  expect(Array.from(plainInteractions(worth, 3))).toEqual(expected)
})
