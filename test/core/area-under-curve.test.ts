import { expect, test } from 'vitest'
import { Divisions } from '../../src/core/area-under-curve'
import { fc } from '../support/arbitraries'

const areaOf = (values: ArrayLike<number>, group: Uint8Array) => new Divisions([group]).areas(values)[0]!

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
      const { area } = areaOf(numbers, first)
      if (pairs.length === 0) expect(area).toBeNaN()
      else expect(area).toBeCloseTo(wins / pairs.length, 12)
    }),
  )
})

test('one sorting serves several divisions of many values, 0 and -0 alike', () => {
  const drawn = Float32Array.from({ length: 900 }, (_, index) => Math.tan(index * index) * (index % 7))
  const numbers = [...drawn, -0]
  const groups = [3, 5, 11].map((step) => Uint8Array.from(numbers, (_, index) => (index % step === 0 ? 1 : 0)))
  const areas = new Divisions([...groups, new Uint8Array(numbers.length)]).areas(numbers)
  groups.forEach((group, division) => {
    let [wins, pairs] = [0, 0]
    numbers.forEach((one, i) =>
      numbers.forEach((two, j) => {
        if (!group[i] || group[j]) return
        pairs++
        wins += one > two ? 1 : one === two ? 0.5 : 0
      }),
    )
    expect(areas[division]!.area).toBeCloseTo(wins / pairs, 12)
    expect(areas[division]).toEqual(areaOf(numbers, group))
  })
  expect(areas[3]!.area).toBeNaN()
  // The same values in fewer places: nothing is left of what was sorted before.
  expect(areaOf(numbers.slice(0, 100), groups[0]!.slice(0, 100))).toEqual(
    areaOf(numbers.slice(0, 100), groups[0]!.slice(0, 100)),
  )
})

test('the standard error is that of Hanley and McNeil', () => {
  const numbers = [1, 2, 3, 4, 5, 6]
  const { area, error } = areaOf(numbers, Uint8Array.of(0, 1, 0, 1, 0, 1))
  expect(area).toBeCloseTo(6 / 9, 12)
  const [q1, q2] = [area / (2 - area), (2 * area ** 2) / (1 + area)]
  const variance = (area * (1 - area) + 2 * (q1 - area ** 2) + 2 * (q2 - area ** 2)) / 9
  expect(error).toBeCloseTo(Math.sqrt(variance), 12)
})
