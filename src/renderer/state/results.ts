import type { AnyFigure } from '../../charts/figure'
import type { EngineClient } from '../../contract/contract'
import { Query } from './query.svelte'

/**
 * The answers that figures show. Figures that ask the same in the same way share a query, which each of them may tell what
 * to ask; one that was asked stays, so that a figure that comes back on screen finds its answer.
 */
export class Results {
  readonly #queries = new Map<string, Query>()

  constructor(private readonly engine: EngineClient) {}

  /** The query of a figure's analysis, right or as published. */
  of({ analysis, params = {}, intervened = false, definition }: AnyFigure, published: boolean): Query {
    const asPublished = published && definition.published !== undefined
    return this.#in(analysis, `figure/${JSON.stringify([params, intervened, asPublished])}`)
  }

  /** The query of what a figure that compares holds its answer against. */
  cleanOf({ analysis, params = {} }: AnyFigure): Query {
    return this.#in(analysis, `figure/clean/${JSON.stringify(params)}`)
  }

  #in(analysis: string, name: string): Query {
    const lane = `${analysis}/${name}`
    const known = this.#queries.get(lane) ?? new Query(this.engine, analysis, lane)
    this.#queries.set(lane, known)
    return known
  }
}
