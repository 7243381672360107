import { expect, test } from 'vitest'
import { sparedSites } from '../../src/analyses/spared-sites'

test.each([
  [['q'], ['k', 'v']],
  [['k'], ['q', 'v']],
  [['v'], ['pattern']],
  [['pattern'], ['v']],
  [['z'], ['pattern', 'v']],
  [['result'], ['z']],
  [['q', 'k'], ['v']],
  [['q', 'k', 'v'], []],
  [['v', 'result'], ['pattern']],
  [['resid_pre', 'result'], []],
] as const)('interventions at %j leave %j', (sites, spared) => {
  expect(sparedSites(sites).toSorted()).toEqual(spared)
})
