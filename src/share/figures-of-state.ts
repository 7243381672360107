import { figureNamed } from '../charts/figure-named'
import { paramsOf, type FigureState } from '../charts/figure-params'
import type { ModelInfo } from '../contract/contract'
import { counted } from '../core/counted'
import { formatHeadSite } from '../core/head-site'
import { digitLabels } from '../core/positions'
import { formatEquation } from '../core/sum-text'
import { formatIntervention } from '../model/intervention-text'
import { meanSumsText, setsOf } from '../session/mean-set'
import { sumOfDigits, type AnalysisState, type ViewState } from '../session/session'
import type { Fact, WantedPicture } from './shared-page'

/** What is known of a state of a session: a set-up analysis and how it is looked at. */
export interface ShownState {
  readonly analysis: AnalysisState
  readonly view: {
    readonly parts?: ViewState['parts'] | undefined
    readonly published?: ViewState['published'] | undefined
  }
}

/**
 * A figure of a state, as the window would ask it: without its interventions and with them, or with `acting` only with them. None
 * where it is about a sum and there is none.
 */
export function wantedPictures(
  id: string,
  { analysis, view }: ShownState,
  model: ModelInfo,
  { acting = false } = {},
): WantedPicture[] {
  const figure = figureNamed(id)
  const { config } = model
  const chosen = view.parts ?? {}
  const published = figure.definition.published !== undefined && (view.published ?? []).includes(id)
  const sum = sumOfDigits(analysis.digits, config.layout)
  const state: FigureState = { ...setsOf(analysis, model.reference), ...(sum && { sum }) }
  const acts = figure.intervened === true && analysis.interventions.length > 0
  const runs = acts
    ? [
        ...(acting ? [] : [{ caption: 'without interventions', interventions: [] }]),
        { caption: interventionsWords(analysis, model), interventions: analysis.interventions },
      ]
    : [{ caption: '', interventions: [] }]
  const { focus } = analysis
  const part =
    figure.parts?.kind === 'digit' ? digitLabels(config.layout.answerDigits)[focus] : chosen[figure.parts?.kind ?? '']
  return runs.flatMap(({ caption, interventions }) => {
    const params = paramsOf(figure, { ...state, interventions }, published, chosen)
    return params === null
      ? []
      : [
          {
            figure,
            caption,
            params: { ...params, ...benchParams(id, analysis, model) },
            focus,
            chosen,
            ...(part !== undefined && { part }),
          },
        ]
  })
}

/** What the bench is set to, for the figures of what it does. */
function benchParams(id: string, { lab, focus }: AnalysisState, { config }: ModelInfo) {
  if (!isOfBench(id)) return {}
  const moves = (lab.moves ?? [focus]).map((digit) => `carry:C${digit}`)
  return {
    ...(lab.sites && lab.sites.length > 0 && { at: lab.sites.map((site) => formatHeadSite(site, config.layout)) }),
    of: lab.of,
    moves,
    ...(lab.via !== '' && { via: lab.via }),
  }
}

function isOfBench(id: string): boolean {
  return id === 'transplant' || id === 'transplant-classes'
}

/** A state in words: its sum, its interventions, its sums and what means are over. */
export function factsOf({ analysis }: ShownState, model: ModelInfo): Fact[] {
  const { layout } = model.config
  const sum = sumOfDigits(analysis.digits, layout)
  const { size, seed } = analysis.dataset
  return [
    { name: 'Sum', text: sum ? formatEquation(sum, layout) : 'not typed to its end' },
    { name: 'Interventions', text: interventionsWords(analysis, model), code: analysis.interventions.length > 0 },
    { name: 'Digit looked at', text: `C${analysis.focus}` },
    { name: 'Sums', text: `${size}, seed ${seed}${analysis.subset === 'all' ? '' : `, subset ${analysis.subset}`}` },
    { name: 'Means over', text: meanSumsText(analysis, model.reference) },
  ]
}

function interventionsWords({ interventions }: AnalysisState, { config }: ModelInfo): string {
  return interventions.length === 0 ? 'none' : interventions.map((one) => formatIntervention(one, config)).join(' ')
}

/** What a state is called where nobody named it: its sum, and how much acts. */
export function titleOf({ analysis }: ShownState, { config }: ModelInfo): string {
  const sum = sumOfDigits(analysis.digits, config.layout)
  const { length } = analysis.interventions
  const acting = length === 0 ? 'without interventions' : `with ${counted(length, 'intervention')}`
  if (!sum) return `A sum that is not typed to its end, ${acting}`
  return `${formatEquation(sum, config.layout).replace('=', ' = ').replace('+', ' + ')}, ${acting}`
}
