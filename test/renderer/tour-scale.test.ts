import { expect, test } from 'vitest'
import { claims } from '../../src/tour/claims/registry'
import { scaleOf } from '../../src/renderer/tour/scale'

test('a share stands where it is, between zones that do not touch', () => {
  const { quantities } = claims.find(({ id }) => id === 'hierarchy')!
  expect(scaleOf(quantities[0]!, 0.75, 1)).toEqual({
    value: 75,
    beside: 100,
    confirmed: { from: 99, to: 100 },
    refuted: { from: 0, to: 90 },
  })
})

test('every scale holds what stands on it, whatever the value', () => {
  for (const quantity of claims.flatMap(({ quantities }) => quantities))
    for (const value of [0, 0.5, 1, -1, 5000, NaN]) {
      const { value: at, beside, confirmed, refuted } = scaleOf(quantity, value, quantity.published)
      for (const place of [at ?? 0, beside ?? 0, confirmed?.from ?? 0, refuted?.from ?? 0]) {
        expect(place, quantity.name).toBeGreaterThanOrEqual(0)
        expect(place, quantity.name).toBeLessThanOrEqual(100)
      }
      expect(at === null).toBe(Number.isNaN(value))
    }
})
