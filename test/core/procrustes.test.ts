import fc from 'fast-check'
import { expect, test } from 'vitest'
import { turned, turnOnto } from '../../src/core/procrustes'

const points = [3, 0, 0, 1, -1, 2, 0.5, -0.5]
const angles = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })

test('what was only turned, or turned and mirrored, comes back onto itself', () => {
  fc.assert(
    fc.property(angles, fc.boolean(), (angle, mirror) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      const moved = turned(points, mirror ? [c, s, s, -c] : [c, -s, s, c])
      turned(moved, turnOnto(moved, points)).forEach((value, at) => expect(value).toBeCloseTo(points[at]!, 9))
    }),
  )
})

test('no turn of either kind comes closer', () => {
  const others = [1, 2, -1, 0.5, 2, 2, 0, -1]
  const distance = (turn: ReturnType<typeof turnOnto>) =>
    turned(points, turn).reduce((sum, value, at) => sum + (value - others[at]!) ** 2, 0)
  const best = distance(turnOnto(points, others))
  for (let angle = 0; angle < 2 * Math.PI; angle += 0.01) {
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    expect(Math.min(distance([c, -s, s, c]), distance([c, s, s, -c]))).toBeGreaterThanOrEqual(best - 1e-9)
  }
})

test('points that are not known do not count, and without any nothing is turned', () => {
  const kept = turned([3, 4], turnOnto([NaN, 1, ...points], [0, 0, ...points]))
  expect([...kept].map((value) => value.toFixed(9))).toEqual(['3.000000000', '4.000000000'])
  expect([...turned([3, 4], turnOnto([], []))]).toEqual([3, 4])
})
