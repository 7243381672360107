import type { AnalysisParams } from '../../analyses/analysis'
import type { Intervention } from '../../model/intervention'
import type { EngineClient } from '../../contract/contract'
import type { AnalysisState } from '../../session/session'
import { Query } from './query.svelte'

/** What the panels ask of the whole data set, clean (or as pinned) and under the interventions, streamed in while they work. */
export class Sweeps {
  readonly performanceClean: Query
  readonly performanceNow: Query
  readonly classesClean: Query
  readonly classesNow: Query
  readonly attentionClean: Query
  readonly attentionNow: Query
  /** Each head alone against clean, whatever is intervened on. */
  readonly ablation: Query
  /** The weights, for the directions that W_U reads. */
  readonly weights: Query
  #sumsPerSecond = $state<number | null>(null)

  constructor(engine: EngineClient) {
    const measure = (sumsPerSecond: number) => {
      this.#sumsPerSecond = sumsPerSecond
    }
    const query = (id: string, lane: string) => new Query(engine, id, `${id}/${lane}`, measure)
    this.performanceClean = query('performance', 'clean')
    this.performanceNow = query('performance', 'now')
    this.classesClean = query('carry-classes', 'clean')
    this.classesNow = query('carry-classes', 'now')
    this.attentionClean = query('carry-attention', 'clean')
    this.attentionNow = query('carry-attention', 'now')
    this.ablation = query('head-ablation', 'alone')
    this.weights = query('weights', 'processed')
  }

  /** The rate of the sweep that finished last; sums times cuts, where it makes several. */
  get sumsPerSecond(): number | null {
    return this.#sumsPerSecond
  }

  /** Asks whatever the state changes the answer to; `against` are the cuts of the state it is held against, none if clean. */
  ask({ dataset, subset, interventions, replace }: AnalysisState, against: readonly Intervention[] = []): void {
    const sums: AnalysisParams = { dataset, subset }
    const under = (cuts: readonly Intervention[]) => (cuts.length > 0 ? { ...sums, interventions: cuts } : sums)
    const clean = under(against)
    const now = under(interventions)
    this.weights.ask({ tensors: ['W_U'] })
    this.performanceClean.ask(clean)
    this.performanceNow.ask(now)
    this.classesClean.ask(clean)
    this.classesNow.ask(now)
    this.attentionClean.ask(clean)
    this.attentionNow.ask(now)
    this.ablation.ask({ ...sums, mode: replace.mode === 'patch' ? 'mean' : replace.mode })
  }
}
