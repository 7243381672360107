import type { AnalysisResult } from '../../analyses/analysis'
import type { AnalysisParams } from '../../analyses/registry'
import type { AnyFigure } from '../../charts/figure'
import { tokens } from '../../charts/drawing/tokens'
import type { FigureState, Shown } from '../charts/shown'
import type { Explorer } from '../state/explorer.svelte'

/** An answer, and what it answers. */
export interface Answered {
  readonly result: AnalysisResult | null
  readonly answered: AnalysisParams | null
}

/** A declared figure of an answer that the lab has asked for, to be explained and taken away. */
export function drawnFigure(explorer: Explorer, figure: AnyFigure, { result, answered }: Answered): FigureState {
  const part = `C${explorer.focus}`
  const known = result && answered && Object.keys(result).length > 0 ? { result, params: answered } : null
  return {
    figure,
    params: answered,
    result: known?.result ?? null,
    part,
    table: known && shownOf(explorer, figure, known.result, known.params).table,
  }
}

/** Its picture as it leaves the window, where what is on screen is none. */
export function takeable(explorer: Explorer, figure: AnyFigure, { result, answered }: Answered): Shown {
  const { width, height } = figure.size ?? { width: 900, height: 300 }
  const picture = shownOf(explorer, figure, result!, answered!).draw!({
    ...explorer.colors,
    width,
    height,
    stage: false,
  })
  return { picture, ground: tokens[explorer.colors.theme].panel }
}

/** What it shows. */
export function shownOf(explorer: Explorer, figure: AnyFigure, result: AnalysisResult, params: AnalysisParams) {
  return figure.show({
    result,
    params,
    part: `C${explorer.focus}`,
    layout: explorer.config.layout,
    chosen: explorer.session.view.parts,
    focus: explorer.focus,
  })
}
