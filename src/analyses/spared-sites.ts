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

/** Which clean activations are worth taking over, because giving them costs less than computing them. */
const worthGiving: Partial<Record<Site, Site>> = { v: 'pattern', result: 'z' }

/** The sites of a layer that interventions at `sites` of that layer leave as they were, as far as knowing them saves work. */
export function sparedSites(sites: readonly Site[]): Site[] {
  const lost = new Set(sites.flatMap((site) => changed[site]))
  const known = sites.flatMap((site) => worthGiving[site] ?? [])
  return [...new Set(known)].filter((site) => !lost.has(site))
}
