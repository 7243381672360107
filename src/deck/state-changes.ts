import { formatHeadSite } from '../core/head-site'
import { counted } from '../core/counted'
import { formatTypedSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { formatIntervention } from '../model/intervention-text'
import { fitsModel } from '../session/check-analysis'
import type { DeckState } from './deck'

/** One thing that a state sets, and what it was in the state before; null where that is the same. */
export interface StateRow {
  readonly name: string
  readonly value: string
  readonly was: string | null
}

type Facts = Readonly<Record<string, string>>

/** What a state sets, in the order of its importance, and how each differs from the state before it. */
export function stateRows(
  state: DeckState,
  before: DeckState | undefined,
  config: ModelConfig,
  titleOf: (panel: string) => string,
): readonly StateRow[] {
  const [now, then] = [factsOf(state, config, titleOf), before && factsOf(before, config, titleOf)]
  return Object.entries(now).map(([name, value]) => {
    const old = then?.[name]
    return { name, value, was: old === undefined || old === value ? null : old }
  })
}

function factsOf({ state, stage, minutes }: DeckState, config: ModelConfig, titleOf: (panel: string) => string): Facts {
  const { digits, interventions, focus, dataset, subset, lab } = state.analysis
  // Another model's positions have other names.
  const named = (places: readonly string[]) =>
    fitsModel(state.analysis, config) ? places.join(' ') : 'for another model'
  return {
    Sum: formatTypedSum(digits),
    Interventions:
      interventions.length > 0 ? named(interventions.map((each) => formatIntervention(each, config))) : 'none',
    Donor: lab.donor ? formatTypedSum(lab.donor) : 'none chosen',
    Moved: lab.sites ? named(lab.sites.map((site) => formatHeadSite(site, config.layout))) : 'nothing chosen',
    'Data set': `${counted(dataset.size, 'sum')}, seed ${dataset.seed}${subset === 'all' ? '' : `, ${subset}`}`,
    'Stage panel': titleOf(stage.panel),
    Spotlight: stage.spotlight,
    'Focus digit': `C${focus}`,
    Planned: clockText(60 * minutes),
  }
}

/** Seconds as a clock shows them: `1:30`. */
export function clockText(seconds: number): string {
  const whole = Math.max(Math.floor(seconds), 0)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
