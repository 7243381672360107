import type { AnalysisId } from '../../analyses/registry'
import { takesOthers } from '../../charts/figure-params'
import type { Intervention } from '../../model/intervention'
import type { EngineClient, ModelInfo } from '../../contract/contract'
import type { AnalysisState } from '../../session/session'
import { meanOverOf } from '../../session/mean-set'
import { afterFrame } from '../parts/in-turn'
import { Query, type QueryOf } from './query.svelte'

/** What the panels ask of the whole data set, clean (or as pinned) and under the interventions, streamed in while they work. */
export class Sweeps {
  readonly performanceClean: QueryOf<'performance'>
  readonly performanceNow: QueryOf<'performance'>
  readonly classesClean: QueryOf<'carry-classes'>
  readonly classesNow: QueryOf<'carry-classes'>
  readonly attentionClean: QueryOf<'carry-attention'>
  readonly attentionNow: QueryOf<'carry-attention'>
  /** Each head alone against clean, whatever is intervened on. */
  readonly ablation: QueryOf<'head-ablation'>
  /** The weights, for the directions that W_U reads. */
  readonly weights: QueryOf<'weights'>
  #sumsPerSecond = $state<number | null>(null)

  constructor(
    engine: EngineClient,
    private readonly reference: ModelInfo['reference'],
  ) {
    const measure = (sumsPerSecond: number) => {
      this.#sumsPerSecond = sumsPerSecond
    }
    const query = <Id extends AnalysisId>(id: Id, lane: string): QueryOf<Id> =>
      new Query(engine, id, `${id}/${lane}`, measure)
    this.performanceClean = query('performance', 'clean')
    this.performanceNow = query('performance', 'now')
    this.classesClean = query('carry-classes', 'clean')
    this.classesNow = query('carry-classes', 'now')
    this.attentionClean = query('carry-attention', 'clean')
    this.attentionNow = query('carry-attention', 'now')
    this.ablation = query('head-ablation', 'alone')
    this.weights = query('weights', 'processed')
  }

  get all(): readonly Query[] {
    return [
      ...[this.performanceClean, this.performanceNow, this.classesClean, this.classesNow],
      ...[this.attentionClean, this.attentionNow, this.ablation, this.weights],
    ]
  }

  /** The rate of the sweep that finished last; sums times ablations, where it makes several. */
  get sumsPerSecond(): number | null {
    return this.#sumsPerSecond
  }

  /**
   * Asks whatever the state changes the answer to; `against` are the interventions of the state it is held against, none if clean. What
   * is about to be shown of the state comes first, a frame with the sum's own answer: the processors are kept from it by processes
   * that are started, or that let go of one question for the next. Returns what calls the questions off until then.
   */
  ask(state: AnalysisState, against: readonly Intervention[] = []): () => void {
    return afterFrame(() => this.#ask(state, against))
  }

  #ask(state: AnalysisState, against: readonly Intervention[]): void {
    const { dataset, subset, interventions, replace } = state
    const sums = { dataset, subset }
    const means = meanOverOf(state, this.reference)
    const under = (interventions: readonly Intervention[]) =>
      interventions.length > 0 ? { ...sums, interventions, ...(interventions.some(takesOthers) && means) } : sums
    const clean = under(against)
    const now = under(interventions)
    this.weights.ask({ tensors: ['W_U'] })
    this.performanceClean.ask(clean)
    this.performanceNow.ask(now)
    this.classesClean.ask(clean)
    this.classesNow.ask(now)
    this.attentionClean.ask(clean)
    this.attentionNow.ask(now)
    const mode = replace.mode === 'patch' ? 'mean' : replace.mode
    this.ablation.ask({ ...sums, mode, ...(mode === 'mean' && means) })
  }
}
