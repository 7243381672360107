import { resamplePartners } from '../../core/resample'
import type { Sum } from '../../core/sum'
import { tokensOf } from '../../core/tokens'
import type { Replacements } from '../../model/edits'
import { meanActivations } from '../../model/mean-activations'
import type { ActivationCache, Model, RunOptions } from '../../model/model'
import { summed } from '../../model/summed-hook'
import { resampleDonor } from './resample-donor'
import { tokenBatches, type Batch } from './run-batches'

/** The sums that run, and the sums that clean means are taken over. */
export interface SumSets {
  readonly sums: readonly Sum[]
  readonly meanSums: readonly Sum[]
}

export interface SourceOptions {
  /** The positions that the edited runs compute from the last layer's queries on; all when absent. */
  readonly positions?: readonly number[] | undefined
  /** Hooks that some intervention will want: they are then computed at once, not one by one. */
  readonly hooks?: readonly string[]
  /** A run that is made of the sums anyway and returns the sums of `hooks` over the examples: means are taken from it. */
  readonly cleanRun?: RunOptions
}

/**
 * Where interventions on a set of sums take their replacements from, batch by batch. A hook's mean is computed once. A sum is
 * resampled from another of the set, or, alone, from the mean set.
 */
export class ReplacementSources {
  readonly #means = new Map<string, ActivationCache>()
  readonly #partners = new Map<number, readonly Sum[]>()

  constructor(
    readonly model: Model,
    readonly sets: SumSets,
    readonly options: SourceOptions = {},
  ) {}

  readonly means = async (hooks: readonly string[]): Promise<ActivationCache> => {
    const missing = this.#withForeseen(hooks).filter((hook) => !this.#means.has(hook))
    if (hooks.some((hook) => missing.includes(hook))) {
      const batches = tokenBatches(this.sets.meanSums, this.model.config.layout)
      const { cleanRun = { outputs: missing.map(summed), ...this.#narrowed() } } = this.options
      const means = await meanActivations(this.model, batches, missing, cleanRun)
      for (const hook of missing) this.#means.set(hook, means)
    }
    return new Map(hooks.map((hook) => [hook, this.#means.get(hook)!.get(hook)!]))
  }

  /** As `resolveEdits` wants them for the sums of one batch. Other sums are run once for as long as it is used. */
  ofBatch({ begin, end }: Pick<Batch, 'begin' | 'end'>): Replacements {
    const runs = new Map<number, ActivationCache>()
    const resampled = async (seed: number, hooks: readonly string[]): Promise<ActivationCache> => {
      const known = runs.get(seed)
      if (known && hooks.every((hook) => known.has(hook))) return known
      const tokens = tokensOf(this.#partnersOf(seed).slice(begin, end), this.model.config.layout)
      const run = await this.model.run(tokens, { outputs: this.#withForeseen(hooks), ...this.#narrowed() })
      runs.set(seed, run)
      return run
    }
    return { means: this.means, resampled }
  }

  #withForeseen(hooks: readonly string[]): string[] {
    return [...new Set([...hooks, ...(this.options.hooks ?? [])])]
  }

  #narrowed(): Pick<RunOptions, 'positions'> {
    const { positions } = this.options
    return positions ? { positions } : {}
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
