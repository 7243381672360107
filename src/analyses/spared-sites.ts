import type { Site } from '../model/intervention'

/** What an intervention at a site changes in its own layer. */
const changed: Readonly<Record<Site, readonly Site[]>> = {
  q: ['q', 'pattern', 'z', 'result'],
  k: ['k', 'pattern', 'z', 'result'],
  v: ['v', 'z', 'result'],
  pattern: ['pattern', 'z', 'result'],
  z: ['z', 'result'],
  result: ['result'],
  resid_pre: ['q', 'k', 'v', 'pattern', 'z', 'result'],
}

/** Which clean activations of the layer suffice, together with what is computed anew, to go on after a site. */
const enough: Readonly<Record<Site, readonly Site[]>> = {
  q: ['k', 'v'],
  k: ['q', 'v'],
  v: ['pattern'],
  pattern: ['v'],
  z: ['pattern', 'v'],
  result: ['z'],
  resid_pre: [],
}

/** The sites of a layer that interventions at `sites` of that layer leave as they were, as far as knowing them saves work. */
export function sparedSites(sites: readonly Site[]): Site[] {
  const lost = new Set(sites.flatMap((site) => changed[site]))
  return [...new Set(sites.flatMap((site) => enough[site]))].filter((site) => !lost.has(site))
}
