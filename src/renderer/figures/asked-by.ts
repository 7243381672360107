import type { AnalysisParams } from '../../analyses/registry'
import { chosenIn, type AnyFigure } from '../../charts/figure'
import { paramsOf } from '../../charts/figure-params'
import type { Explorer } from '../state/explorer.svelte'
import type { Query } from '../state/query.svelte'

/** A question and who answers it. */
export interface AskedQuery {
  readonly query: Query
  readonly params: AnalysisParams
}

/**
 * What a figure asks about what is on screen: its own question, then that of the clean run where it compares the two. Nothing where
 * it is about one sum and there is none. `asks` is added to the question; `whole` is all of it, whatever is on screen.
 */
export function askedBy(
  explorer: Explorer,
  figure: AnyFigure,
  asks: Partial<AnalysisParams> = {},
  whole: AnalysisParams | null = null,
): readonly AskedQuery[] {
  const published = explorer.publishes(figure)
  const query = explorer.results.of(figure, published)
  if (whole) return [{ query, params: whole }]
  const chosen = chosenIn(figure, explorer.session.view.parts)
  const usual = paramsOf(figure, explorer.question, published, chosen)
  if (!usual) return []
  const own = { query, params: { ...usual, ...asks } }
  if (!figure.compares || !usual.interventions) return [own]
  const clean = paramsOf(figure, explorer.cleanQuestion, false, chosen)!
  return [own, { query: explorer.results.cleanOf(figure), params: clean }]
}
