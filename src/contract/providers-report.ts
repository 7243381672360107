import type { RemedyPlace } from './provider-remedy'
import type { Trial } from './trial'

/** One provider for one sum at a time, one for sweeps and background work. */
export interface ProviderUse {
  readonly live: string
  readonly sweep: string
}

/** What was found of the execution providers of a machine, and which of them compute. */
export interface ProvidersReport {
  readonly trials: readonly Trial[]
  /** `auto`, or the provider that a person settled on. */
  readonly setting: string
  /** What computes now: after a failure it is the CPU whatever the setting. */
  readonly used: ProviderUse
  /** One sentence for each provider that was left aside. */
  readonly notices: readonly string[]
  /** Where they were tried: what one lacks is added there. */
  readonly place: RemedyPlace
}
