import { formatHeadSite } from '../../core/head-site'
import type { Explorer } from '../state/explorer.svelte'

/** The first site on the bench that is one of a race: in the first layer. Undefined where none is. */
export function benchRaceSite({ lab, config }: Explorer): string | undefined {
  const site = lab.sites.find(({ layer }) => layer === 0)
  return site && formatHeadSite(site, config.layout)
}

/** The site whose race is shown where something decides that: as chosen, else that of the bench. */
export function raceSite(explorer: Explorer): string | undefined {
  return explorer.session.view.parts['race'] ?? benchRaceSite(explorer)
}
