import { figureNamed } from '../../charts/figure-named'
import { askedBy, type AskedQuery } from '../figures/asked-by'
import { asksOf } from '../lab/sections'
import type { Explorer } from '../state/explorer.svelte'
import { isOfBench, isOfExplore } from './stage-panels'

/** What a picture waits for, as far as it matters whether it has come. */
export interface AwaitedSource {
  readonly result: unknown
  readonly failure: string | null
  readonly loading: boolean
}

/** All that a panel and what stands beside it on the Stage are drawn from. */
export function sourcesOf(panel: string, explorer: Explorer): readonly AwaitedSource[] {
  const { live, lab, sweeps, results } = explorer
  // Without a site nothing is asked of many donors.
  if (isOfBench(panel)) return [live, lab.live, lab.map, ...(lab.sites.length > 0 ? [lab.shares] : [])]
  const ofExplore: Readonly<Record<string, readonly AwaitedSource[]>> = {
    predictions: [],
    dla: [],
    'path-dla': [],
    'clock-face': [sweeps.weights],
    'carry-attention': [sweeps.attentionClean, sweeps.attentionNow],
    'carry-classes': [sweeps.classesClean, sweeps.classesNow],
    'head-ablation': [sweeps.ablation],
  }
  const known = ofExplore[panel]
  if (known) return [live, ...known]
  const figure = figureNamed(panel)
  return [live, results.of(figure, explorer.publishes(figure)), ...askedOf(panel, explorer).map(({ query }) => query)]
}

/** What a panel that shows a declared figure asks; of what the others show is asked elsewhere. */
export function askedOf(panel: string, explorer: Explorer): readonly AskedQuery[] {
  return isOfBench(panel) || isOfExplore(panel) ? [] : askedBy(explorer, figureNamed(panel), asksOf(panel))
}
