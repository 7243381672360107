import { BadInput } from '../../core/bad-input'
import { parseSum } from '../../core/sum-text'
import type { ModelConfig } from '../../model/config'
import type { Intervention, Site } from '../../model/intervention'
import type { AnalysisState } from '../../session/session'
import type { SessionState } from './session.svelte'
import { flipped, withPreset, type Place, type Preset } from './switches'

/** What a person does to the circuit. What cannot be done changes nothing and leaves a complaint. */
export class Interventions {
  /** Those that act. Derived, so that a digit has nothing looked at again that only they decide. */
  readonly active: readonly Intervention[]
  /** Why the last intervention could not be made, in one sentence. */
  #complaint = $state<string | null>(null)

  constructor(
    private readonly session: SessionState,
    private readonly config: ModelConfig,
  ) {
    this.active = $derived(session.analysis.interventions)
  }

  get complaint(): string | null {
    return this.#complaint
  }

  /** What is wrong with the donor sum, in one sentence; null when it is usable or not wanted. */
  get donorProblem(): string | null {
    const { mode, donor } = this.session.analysis.replace
    if (mode !== 'patch' || donor === '') return null
    return complaintOf(() => parseSum(donor, this.config.layout))
  }

  /** Sets what the next intervention does. */
  replaceBy(parts: Partial<AnalysisState['replace']>): void {
    this.#complaint = null
    this.session.change({ replace: { ...this.session.analysis.replace, ...parts } })
  }

  flip(place: Place, site: Site): void {
    this.#change(() => flipped(this.session.analysis, place, site, this.config.layout))
  }

  applyPreset(preset: Preset): void {
    this.#change(() => withPreset(this.session.analysis, preset, this.config.layout))
  }

  remove(index: number): void {
    this.#change(() => this.session.analysis.interventions.toSpliced(index, 1))
  }

  /** Puts another intervention in the place of one. */
  replaceAt(index: number, next: Intervention): void {
    this.#change(() => this.session.analysis.interventions.with(index, next))
  }

  clear(): void {
    this.#change(() => [])
  }

  #change(interventions: () => readonly Intervention[]): void {
    this.#complaint = complaintOf(() => this.session.change({ interventions: interventions() }))
  }
}

/** Runs something a person asked for and returns what was wrong with the request, null when nothing was. */
function complaintOf(request: () => unknown): string | null {
  try {
    request()
    return null
  } catch (error) {
    if (error instanceof BadInput) return error.message
    throw error
  }
}
