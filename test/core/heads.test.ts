import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { headLabel, headLabels, parseHead } from '../../src/core/heads'

test('a label is read back in every spelling', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.nat(7), (layer, head) => {
      for (const text of [headLabel(layer, head), `${layer}.${head}`, `L${layer}H${head}`, `h${layer}.${head}`])
        expect(parseHead(text)).toEqual({ layer, head })
    }),
  )
})

test('heads are listed layer by layer', () => {
  expect(headLabels(2, 3)).toEqual(['H0.0', 'H0.1', 'H0.2', 'H1.0', 'H1.1', 'H1.2'])
})

test.each(['', 'H1', '1-2', 'H1.2.3', 'L1.2'])('"%s" is refused', (text) => {
  expect(() => parseHead(text)).toThrow(
    new BadInput(`"${text}" is not a head: write layer and head counted from 0, as in H0.1, 0.1 or L0H1.`),
  )
})
