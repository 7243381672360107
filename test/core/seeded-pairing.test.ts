import { expect, test } from 'vitest'
import { seededPairing } from '../../src/core/seeded-pairing'

test.each([2, 3, 10, 625, 2500])('of %i numbers each is the partner of one other, in one cycle', (count) => {
  const partnerOf = seededPairing(count, 7)
  const seen = new Set<number>()
  for (let index = 0; !seen.has(index); index = partnerOf(index)) seen.add(index)
  expect(seen.size).toBe(count)
})

test('another seed is another pairing, whose last digits do not depend on one another', () => {
  const [one, other] = [seededPairing(25_000_000, 1), seededPairing(25_000_000, 2)]
  const indices = Array.from({ length: 10_000 }, (_, index) => 2500 * index)
  expect(indices.filter((index) => one(index) === other(index)).length).toBeLessThan(3)
  const counts = Array.from({ length: 10 }, (_, digit) => indices.filter((index) => one(index) % 10 === digit).length)
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})
