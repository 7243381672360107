import { expect, test } from 'vitest'
import { areaUnderCurve, ranked } from '../../src/core/area-under-curve'
import { fc } from '../support/arbitraries'

const values = fc.array(fc.oneof(fc.float({ noNaN: true, min: -3, max: 3 }), fc.integer({ min: -2, max: 2 })), {
  minLength: 2,
  maxLength: 40,
})

test('the area is the chance that a member of the first group has the larger value, ties counted half', () => {
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.boolean()), (numbers, memberships) => {
      const first = Uint8Array.from(numbers, () => (memberships.next().value === true ? 1 : 0))
      const pairs = numbers.flatMap((one, i) =>
        numbers.flatMap((two, j) => (first[i] && !first[j] ? [[one, two]] : [])),
      )
      const wins = pairs.reduce((sum, [one, two]) => sum + (one! > two! ? 1 : one === two ? 0.5 : 0), 0)
      const { area } = areaUnderCurve(ranked(numbers), first)
      if (pairs.length === 0) expect(area).toBeNaN()
      else expect(area).toBeCloseTo(wins / pairs.length, 12)
    }),
  )
})

test('many values are ranked in their order, 0 and -0 alike', () => {
  const drawn = Float32Array.from({ length: 5000 }, (_, index) => Math.tan(index * index) * (index % 7))
  const numbers = [...drawn, -0]
  const ranks = ranked(numbers)
  const below = (value: number) => numbers.filter((other) => other < value).length
  const level = (value: number) => numbers.filter((other) => other === value).length
  for (const index of [0, 7, 1, 1234, 4999])
    expect(ranks[index]).toBe(below(numbers[index]!) + (1 + level(numbers[index]!)) / 2)
  expect(ranks[5000]).toBe(ranks[7])
})

test('the standard error is that of Hanley and McNeil', () => {
  const numbers = [1, 2, 3, 4, 5, 6]
  const { area, error } = areaUnderCurve(ranked(numbers), Uint8Array.of(0, 1, 0, 1, 0, 1))
  expect(area).toBeCloseTo(6 / 9, 12)
  const [q1, q2] = [area / (2 - area), (2 * area ** 2) / (1 + area)]
  const variance = (area * (1 - area) + 2 * (q1 - area ** 2) + 2 * (q2 - area ** 2)) / 9
  expect(error).toBeCloseTo(Math.sqrt(variance), 12)
})
