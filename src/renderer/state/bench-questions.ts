import type { MethodParams, ModelInfo } from '../../contract/contract'
import type { ParamsOf } from '../../analyses/registry'
import { takesOthers } from '../../charts/figure-params'
import { formatHeadSite, type HeadSite } from '../../core/head-site'
import type { Sum } from '../../core/sum'
import { newLab, type LabState } from '../../session/lab'
import type { AnalysisState } from '../../session/session'
import { transplantsOf } from '../lab/sites'
import { meanOverOf, meansOf } from '../../session/mean-set'

/** What stands on the bench, with what it has chosen by itself. */
export interface OnBench {
  readonly state: Pick<LabState, 'of' | 'via'>
  readonly sites: readonly HeadSite[]
  /** The same with the site under the pointer. */
  readonly tried: readonly HeadSite[]
  readonly moves: readonly number[]
  /** Null while there is nothing to compare. */
  readonly pair: { readonly sum: Sum; readonly donor: Sum } | null
}

/** What the bench asks. */
export interface BenchQuestions {
  readonly map: ParamsOf<'transplant-map'>
  /** Null while there is nothing to compare. */
  readonly live: MethodParams<'explore'> | null
  /** Null while no site is chosen. */
  readonly shares: ParamsOf<'transplant'> | null
}

export function benchQuestions(
  { state: { of, via }, sites, tried, moves, pair }: OnBench,
  analysis: AnalysisState,
  { config, reference }: ModelInfo,
): BenchQuestions {
  const { dataset, subset, interventions } = analysis
  const means = interventions.some(takesOthers) ? meanOverOf(analysis, reference) : {}
  const about = interventions.length > 0 ? { dataset, subset, interventions, ...means } : { dataset, subset }
  const through = via === '' ? {} : { via }
  const preview = pair ? transplantsOf(tried, of, pair.donor) : []
  return {
    map: about,
    live: pair && {
      sum: pair.sum,
      interventions,
      ...meansOf(analysis, reference),
      ...(preview.length > 0 && { preview, ...through }),
    },
    shares:
      sites.length === 0
        ? null
        : {
            ...about,
            at: sites.map((site) => formatHeadSite(site, config.layout)),
            ...(of !== newLab.of && { of }),
            moves: moves.map((digit) => `carry:C${digit}`),
            ...through,
          },
  }
}
