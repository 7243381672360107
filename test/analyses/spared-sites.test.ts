import { expect, test } from 'vitest'
import { sparedSites } from '../../src/analyses/spared-sites'

test.each([
  [['q'], []],
  [['v'], ['pattern']],
  [['result'], ['z']],
  [['q', 'v'], []],
  [['v', 'result'], ['pattern']],
  [['z', 'result'], []],
  [['resid_pre', 'result'], []],
] as const)('interventions at %j leave %j', (sites, spared) => {
  expect(sparedSites(sites).toSorted()).toEqual(spared)
})
