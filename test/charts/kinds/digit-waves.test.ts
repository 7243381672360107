import { expect, test } from 'vitest'
import {
  aroundOnce,
  aroundText,
  frequencyShares,
  percent,
  strongest,
  turn,
} from '../../../src/charts/kinds/digit-waves'
import { pairSums } from '../../../src/core/digit-pairs'
import { oppositeGroups, strength, wavesOf } from '../../../src/charts/circuits/ov-pair'
import { ten } from '../../support/small-run'

const tenth = (2 * Math.PI) / 10
const wave = (frequency: number, size = 1) => ten((digit) => size * Math.cos(frequency * digit * tenth))

test('the shares of frequencies are those of the squared lengths of the waves that rows are made of', () => {
  const constant = ten(() => 1)
  const shares = frequencyShares([...wave(1, 2), ...wave(3), ...constant])
  // Squared lengths: 4 · 5, 5 and 10.
  ;[10, 20, 0, 5, 0, 0].forEach((part, frequency) => expect(shares[frequency]).toBeCloseTo(part / 35, 12))
  expect(strongest(shares).slice(0, 3)).toEqual([1, 0, 3])
  expect(frequencyShares(wave(5))[5]).toBeCloseTo(1, 12)
  expect(frequencyShares(ten(() => 0))).toEqual(ten(() => NaN).slice(0, 6))
})

test('a share is written with a decimal that tells it from all and from nothing', () => {
  expect([0.974, 0.99996, 0.0083, NaN].map(percent)).toEqual(['97.4 %', '100.00 %', '0.83 %', '–'])
})

test('angles are compared around the circle', () => {
  expect(turn(Math.PI - 0.1, -Math.PI + 0.1)).toBeCloseTo((0.2 * 180) / Math.PI, 10)
  const clock = ten((digit) => -digit * tenth)
  expect(aroundOnce(clock)!.least).toBeCloseTo(36, 10)
  expect(aroundText(clock)).toBe('a clock face, on which each digit is 36 to 36° further than the last')
  expect(aroundOnce(ten((digit) => 3 * digit * tenth))).toBeNull()
  expect(aroundText(ten((digit) => 3 * digit * tenth))).toBe(
    'around the circle the digits stand as 0 7 4 1 8 5 2 9 6 3',
  )
})

test('arrows along one line are two groups, and arrows all around are none', () => {
  const arrows = (phase: (digit: number) => number) =>
    ten((digit) => digit).map((digit) => ({ magnitude: 1, phase: phase(digit) }))
  expect(oppositeGroups(arrows((digit) => (digit < 5 ? 0.1 : Math.PI)))).toEqual({
    one: [0, 1, 2, 3, 4],
    other: [5, 6, 7, 8, 9],
  })
  expect(oppositeGroups(arrows((digit) => digit * tenth))).toBeNull()
  expect(oppositeGroups(arrows(() => NaN))).toBeNull()
})

test('rows of two digits are added, so that their waves are too', () => {
  const rows = Float64Array.from(ten((digit) => digit).flatMap((digit) => ten((logit) => Math.sin(digit + 2 * logit))))
  const summed = pairSums(rows)
  expect(summed).toHaveLength(1000)
  expect(summed[10 * 38 + 4]).toBeCloseTo(rows[34]! + rows[84]!, 12)
  const [single, both] = [wavesOf(rows), wavesOf(summed)]
  const along = ({ magnitude, phase }: (typeof single)[number]) => magnitude * Math.cos(phase)
  expect(along(both[38]!)).toBeCloseTo(along(single[3]!) + along(single[8]!), 10)
  expect(strength(Float64Array.from([...wave(1), ...wave(0, 2)]))).toBeCloseTo(Math.sqrt((5 + 40) / 2), 12)
})
