import type { AnalysisParams } from '../../analyses/registry'
import type { Intervention } from '../../model/intervention'
import type { Act } from '../figure'
import { partName, siteNames, type AblationDatum } from './ablation-table'

type Mode = NonNullable<AnalysisParams['mode']>

/** Takes the sums along, and with them the mean: what was read of a subset is then seen of it. */
export function ablate(
  { site, layer, head, focus }: Exclude<AblationDatum, { column: string }>,
  params: Pick<AnalysisParams, 'mode' | 'subset' | 'meanOver'>,
): Act {
  const { mode = 'mean', subset } = params
  const place = { layer, ...(head !== undefined && { head }) }
  const sums = subset === undefined || subset === 'all' ? '' : ` over ${subset}`
  return {
    words: `${mode}-ablate ${partName(place)} ${siteNames[site]}${sums} in Explore`,
    interventions: [replaced({ site, ...place, positions: 'all' }, mode)],
    ...sumsAlong(params),
    alone: true,
    ...(focus !== undefined && { focus }),
  }
}

/** The sums of a table, and what its means are over. */
export function sumsAlong({
  mode = 'mean',
  subset,
  meanOver = 'subset',
}: Pick<AnalysisParams, 'mode' | 'subset' | 'meanOver'>) {
  return { ...(subset !== undefined && { subset }), ...(mode === 'mean' && { meanOver }) }
}

export function replaced(place: Omit<Intervention, 'mode'>, mode: Mode): Intervention {
  return mode === 'resample' ? { ...place, mode, seed: 0 } : { ...place, mode }
}
