import type { AnalysisParams } from '../analyses/registry'
import type { Intervention } from '../model/intervention'
import { chosenIn, type AnyFigure, type Chosen } from './figure'

/** What is on screen, for a figure to be asked about. */
export interface FigureState extends Pick<AnalysisParams, 'sum' | 'dataset' | 'subset' | 'interventions' | 'meanOver'> {
  /** What a single sum's replacements are taken from; the reference set without it. */
  readonly means?: Pick<AnalysisParams, 'dataset' | 'subset'>
}

/** Whether an intervention puts in what other sums give. */
export function takesOthers({ mode }: Pick<Intervention, 'mode'>): boolean {
  return mode === 'mean' || mode === 'resample'
}

/** What an analysis has to be asked for a figure. `published` only matters to figures that say what is wrong there. */
export function paramsOf(
  figure: AnyFigure,
  state: FigureState,
  published: boolean,
  kept: Chosen = {},
): AnalysisParams | null {
  const { about, params, intervened, definition, choices = [] } = figure
  const { sum, dataset, subset, interventions = [], meanOver, means } = state
  if (about === 'sum' && !sum) return null
  const chosen = chosenIn(figure, kept)
  const ofChoices = choices.map(({ kind, options }) => options.find(({ name }) => name === chosen[kind])!.params)
  const own = Object.assign({}, params, ...ofChoices) as AnalysisParams
  const acting = intervened === true ? interventions : []
  const replaces = acting.some(takesOthers) || (figure.means === true && (own.mode ?? 'mean') === 'mean')
  return {
    ...(about === 'sum' && sum && { sum }),
    ...(about === 'sum' && replaces && means),
    ...(about === 'dataset' && dataset && { dataset }),
    ...(about === 'dataset' && subset !== undefined && { subset }),
    ...own,
    ...(acting.length > 0 && { interventions: acting }),
    ...(about === 'dataset' && replaces && meanOver !== undefined && { meanOver }),
    ...(definition.published !== undefined && published && { definition: 'notebook' as const }),
  }
}
