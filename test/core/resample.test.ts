import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { resamplePartners } from '../../src/core/resample'

test('every example is used once and none is its own partner, unless it is alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(0xffffffff), (count, seed) => {
      const partners = resamplePartners(count, seed)
      expect([...partners].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index))
      if (count > 1) partners.forEach((partner, index) => expect(partner).not.toBe(index))
      expect(resamplePartners(count, seed)).toEqual(partners)
    }),
  )
})

test('another seed pairs differently', () => {
  expect(resamplePartners(100, 1)).not.toEqual(resamplePartners(100, 2))
})
