import type { AnalysisFigure } from '../../charts/figure'
import type { EngineClient } from '../../shared/contract'
import { Query } from './query.svelte'

/**
 * The answers that figures show. Figures that ask the same in the same way share a query, which each of them may tell what
 * to ask; one that was asked stays, so that a figure that comes back on screen finds its answer.
 */
export class Results {
  readonly #queries = new Map<string, Query>()

  constructor(private readonly engine: EngineClient) {}

  /** The query of a figure's analysis, right or as published. */
  of({ analysis, params = {}, intervened = false, definition }: AnalysisFigure, published: boolean): Query {
    const asPublished = published && definition.published !== undefined
    const lane = `${analysis}/figure/${JSON.stringify([params, intervened, asPublished])}`
    const known = this.#queries.get(lane) ?? new Query(this.engine, analysis, lane)
    this.#queries.set(lane, known)
    return known
  }
}
