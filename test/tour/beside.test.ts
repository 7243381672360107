import { expect, test } from 'vitest'
import { besideText, shippedTours } from '../../src/tour/beside'
import { claims } from '../../src/tour/claims/registry'

test('every model that is shown beside has a value for every claim but those that it cannot be asked', () => {
  expect(shippedTours.map(({ name }) => name)).toEqual(['published', 'bundled', 'step 1000', 'untrained'])
  for (const tour of shippedTours)
    for (const claim of claims)
      expect(tour.valuesOf(claim), `${tour.name}: ${claim.id}`).toHaveLength(claim.quantities.length)
})

test('nothing is confirmed of the untrained model beside, and the published one has its verdicts', () => {
  const [published, , , untrained] = shippedTours
  for (const claim of claims) expect(besideText(claim, untrained!).verdict, claim.id).not.toBe('confirmed')
  const rotation = claims.find(({ id }) => id === 'rotation')!
  expect(besideText(rotation, published!)).toEqual({ verdict: 'confirmed', numbers: '35.6°, 5.3°' })
})

test('a claim that another tour does not know is told as not asked', () => {
  const claim = { ...claims[0]!, id: 'new' }
  expect(besideText(claim, shippedTours[1]!)).toEqual({ verdict: null, numbers: 'not asked' })
})
