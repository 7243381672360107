import { expect, test } from 'vitest'
import { parseIntervention } from '../../src/cli/intervention-text'
import type { ModelConfig } from '../../src/model/config'

const config: ModelConfig = {
  n_layers: 2,
  n_heads: 3,
  d_model: 48,
  d_head: 24,
  d_vocab: 12,
  n_ctx: 14,
  normalization_type: 'LNPre',
  eps: 1e-5,
  numDigits: 4,
}

test.each([
  ['H0.1:q:mean', { site: 'q', layer: 0, head: 1, positions: 'all', mode: 'mean' }],
  ['L1H2:pattern@=:zero', { site: 'pattern', layer: 1, head: 2, positions: [9], mode: 'zero' }],
  ['0.0:result@C1,b3,4:resample', { site: 'result', layer: 0, head: 0, positions: [11, 8, 4], mode: 'resample' }],
  ['H1.0:z:resample=7', { site: 'z', layer: 1, head: 0, positions: 'all', mode: 'resample', seed: 7 }],
  [
    'H0.0:result@C1:patch=1234+4321',
    { site: 'result', layer: 0, head: 0, positions: [11], mode: 'patch', donor: { a: 1234, b: 4321 } },
  ],
  ['L1:resid_pre@+:mean', { site: 'resid_pre', layer: 1, positions: [4], mode: 'mean' }],
])('%s is read', (text, intervention) => {
  expect(parseIntervention(text, config)).toEqual(intervention)
})

test.each([
  [
    'H0.1',
    '"H0.1" is not an intervention: write HEAD:SITE[@POSITIONS]:MODE, as in H0.1:q:mean or H0.0:result@C1:patch=1234+4321.',
  ],
  ['H0.1:qq:mean', 'There is no site "qq"; the nearest is "q" (there are q, k, v, pattern, z, result, resid_pre).'],
  ['H0.1:q:median', 'There is no mode "median"; the nearest is "mean" (there are zero, mean, resample, patch).'],
  ['H0:q:mean', '"H0" is not a head: write layer and head counted from 0, as in H0.1, 0.1 or L0H1.'],
  [
    'H0.1:q@C4:mean',
    '"C4" is not a position: the sums of this model have A0 A1 A2 A3 + B0 B1 B2 B3 = C0 C1 C2 C3, or 0 to 13.',
  ],
  [
    'H0.1:q@14:mean',
    '"14" is not a position: the sums of this model have A0 A1 A2 A3 + B0 B1 B2 B3 = C0 C1 C2 C3, or 0 to 13.',
  ],
  [
    'H0.1:q@C1@C2:mean',
    '"q@C1@C2" in the intervention "H0.1:q@C1@C2:mean" has more than one @: write HEAD:SITE[@POSITIONS]:MODE, as in H0.1:q:mean or H0.0:result@C1:patch=1234+4321.',
  ],
  ['H0.1:q:patch', 'A patch needs the sum it is taken from: write patch=1234+4321.'],
  ['H0.1:q:mean=3', 'The mode mean takes no value, but "mean=3" gives it one: write mean.'],
  ['H0.1:q:resample=-1', 'The seed of a resample is "-1", but a whole number from 0 to 4294967295 is wanted.'],
  ['H0.1:resid_pre:mean', '"H0.1" is not a layer, which resid_pre is of: write L0:resid_pre@C1:mean, for example.'],
])('%s is refused with one sentence', (text, sentence) => {
  expect(() => parseIntervention(text, config)).toThrow(sentence)
})
