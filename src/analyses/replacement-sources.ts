import { resamplePartners } from '../core/resample'
import type { Sum } from '../core/sum'
import { tokensOf } from '../core/tokens'
import type { Replacements } from '../model/edits'
import { meanActivations } from '../model/mean-activations'
import type { ActivationCache, Model } from '../model/model'
import { resampleDonor } from './resample-donor'
import type { Batch } from './run-batches'

/** The sums that run, and the sums that clean means are taken over. */
export interface SumSets {
  readonly sums: readonly Sum[]
  readonly meanSums: readonly Sum[]
}

/**
 * Where interventions on a set of sums take their replacements from, batch by batch. A hook's mean is computed once, so ask
 * for `means` of all that will be needed first. A sum is resampled from another of the set, or, alone, from the mean set.
 */
export class ReplacementSources {
  readonly #means = new Map<string, ActivationCache>()
  readonly #partners = new Map<number, readonly Sum[]>()

  constructor(
    readonly model: Model,
    readonly sets: SumSets,
  ) {}

  readonly means = async (hooks: readonly string[]): Promise<ActivationCache> => {
    const missing = hooks.filter((hook) => !this.#means.has(hook))
    if (missing.length > 0) {
      const tokens = tokensOf(this.sets.meanSums, this.model.config.numDigits)
      const means = await meanActivations(this.model, tokens, missing)
      for (const hook of missing) this.#means.set(hook, means)
    }
    return new Map(hooks.map((hook) => [hook, this.#means.get(hook)!.get(hook)!]))
  }

  /** As `resolveEdits` wants them for the sums of one batch. */
  ofBatch({ begin, end }: Pick<Batch, 'begin' | 'end'>): Replacements {
    return { means: this.means, partners: (seed) => this.#partnersOf(seed).slice(begin, end) }
  }

  #partnersOf(seed: number): readonly Sum[] {
    const { sums, meanSums } = this.sets
    const known =
      this.#partners.get(seed) ??
      (sums.length === 1
        ? [resampleDonor(sums[0]!, meanSums, seed)]
        : Array.from(resamplePartners(sums.length, seed), (index) => sums[index]!))
    this.#partners.set(seed, known)
    return known
  }
}
