import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Intervention, headSites } from '../../src/model/intervention'
import { formatIntervention, parseIntervention } from '../../src/model/intervention-text'
import { smallConfig } from '../support/random-model'

const config = smallConfig({ d_mlp: 20, act_fn: 'relu' })
const operand = fc.integer({ min: 0, max: 4999 })
const replacement = fc.oneof(
  fc.constantFrom({ mode: 'zero' }, { mode: 'mean' }, { mode: 'resample' }),
  fc.record({ mode: fc.constant('resample'), seed: fc.integer({ min: 0, max: 0xffffffff }) }),
  fc.record({ mode: fc.constant('patch'), donor: fc.record({ a: operand, b: operand }) }),
)
const positions = fc.oneof(fc.constant('all'), fc.array(fc.nat(13), { minLength: 1, maxLength: 5 }))
const place = fc.oneof(
  fc.record({ site: fc.constantFrom('resid_pre', 'mlp_out', 'mlp_post'), layer: fc.nat(1) }),
  fc.record({ site: fc.constant('mlp_post'), layer: fc.nat(1), neuron: fc.nat(19) }),
  fc.record({
    site: fc.constantFrom(...headSites),
    layer: fc.nat(1),
    head: fc.nat(2),
  }),
)

test('what is formatted is read back as the same intervention', () => {
  fc.assert(
    fc.property(place, positions, replacement, (where, at, how) => {
      const intervention = { ...where, positions: at, ...how } as Intervention
      expect(parseIntervention(formatIntervention(intervention, config), config)).toEqual(intervention)
    }),
  )
})

test.each([
  ['H0.1:q:mean', { site: 'q', layer: 0, head: 1, positions: 'all', mode: 'mean' }],
  [
    'L1H2:result@C1,=,3:patch=1234+4321',
    { site: 'result', layer: 1, head: 2, positions: [11, 9, 3], mode: 'patch', donor: { a: 1234, b: 4321 } },
  ],
  ['L1:resid_pre@=:zero', { site: 'resid_pre', layer: 1, positions: [9], mode: 'zero' }],
  ['L0:mlp_out:mean', { site: 'mlp_out', layer: 0, positions: 'all', mode: 'mean' }],
  ['L1N12:mlp_post@C1:zero', { site: 'mlp_post', layer: 1, neuron: 12, positions: [11], mode: 'zero' }],
  ['N0.3:mlp_post:zero', { site: 'mlp_post', layer: 0, neuron: 3, positions: 'all', mode: 'zero' }],
  ['0.1:v:resample=7', { site: 'v', layer: 0, head: 1, positions: 'all', mode: 'resample', seed: 7 }],
])('%s is read', (text, intervention) => {
  expect(parseIntervention(text, config)).toEqual(intervention)
})

test.each([
  [
    'H0.1',
    '"H0.1" is not an intervention: write HEAD:SITE[@POSITIONS]:MODE, as in H0.1:q:mean or H0.0:result@C1:patch=1234+4321.',
  ],
  [
    'H0.1:reslt:mean',
    'There is no site "reslt"; the nearest is "result" (there are q, k, v, pattern, z, result, resid_pre, mlp_out, mlp_post).',
  ],
  ['H0.1:q:men', 'There is no mode "men"; the nearest is "mean" (there are zero, mean, resample, patch).'],
  [
    'H0.1:q@D1:mean',
    '"D1" is not a position: the sums of this model have A0 A1 A2 A3 + B0 B1 B2 B3 = C0 C1 C2 C3, or 0 to 13.',
  ],
  ['L0N20:mlp_post:mean', 'The model has no neuron L0N20; those of layer 0 are L0N0 to L0N19.'],
  ['H0.1:mlp_post:mean', '"H0.1" is not a neuron: write layer and neuron counted from 0, as in L0N12.'],
  ['H0.7:q:mean', 'The model has no head H0.7; the heads of layer 0 are H0.0 to H0.2.'],
  ['H0.1:resid_pre:mean', '"H0.1" is not a layer, which resid_pre is of: write L0:resid_pre@C1:mean, for example.'],
  ['H0.1:q:patch', 'A patch needs the sum it is taken from: write patch=1234+4321.'],
  ['H0.1:q:zero=1', 'The mode zero takes no value, but "zero=1" gives it one: write zero.'],
  ['H0.1:q:resample=-1', 'The seed of a resample is "-1", but a whole number from 0 to 4294967295 is wanted.'],
  [
    'H0.1:q@C1@C2:mean',
    '"q@C1@C2" in the intervention "H0.1:q@C1@C2:mean" has more than one @: write HEAD:SITE[@POSITIONS]:MODE, as in H0.1:q:mean or H0.0:result@C1:patch=1234+4321.',
  ],
])('%s is refused', (text, sentence) => {
  expect(() => parseIntervention(text, config)).toThrow(sentence)
})

test('a model without MLPs says so', () => {
  expect(() => parseIntervention('L0:mlp_out:mean', smallConfig())).toThrow(
    'The model has attention only, so it has no mlp_out; choose another site, or a model with MLPs.',
  )
})
