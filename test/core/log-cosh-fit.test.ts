import { expect, test } from 'vitest'
import { fitLogCosh } from '../../src/core/log-cosh-fit'

const curve = (beta: number, centre: number, offset: number) =>
  Array.from({ length: 10 }, (_, digit) => Math.log(Math.cosh(beta * (digit - centre))) + offset)

test.each([
  [3, 4.5],
  [0.95, 4.1],
  [0.3, 5.2],
])('finds beta %f around %f in rows that differ by an offset', (beta, centre) => {
  const fit = fitLogCosh([curve(beta, centre, -1), curve(beta, centre, 2)])
  expect(fit.beta).toBeCloseTo(beta, 3)
  expect(fit.centre).toBeCloseTo(centre, 3)
  expect(fit.r2).toBeCloseTo(1, 6)
})

test('scores that point the other way are not explained, and missing ones not fitted', () => {
  expect(fitLogCosh([curve(1, 4.5, 0).map((score) => -score)]).r2).toBeCloseTo(0, 6)
  expect(fitLogCosh([[NaN, 1, 2]])).toEqual({ beta: NaN, centre: NaN, r2: NaN })
})
