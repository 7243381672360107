import type { AnalysisId, AnalysisParams } from '../analyses/registry'
import type { Inquiry } from './inquiry'

/** Between which values something lies, both included; without a bound where one is absent. */
export interface Bounds {
  readonly least?: number
  readonly most?: number
}

/** One number that a claim stands or falls with. A value outside both ranges settles nothing. */
export interface Quantity {
  /** What is measured: `right answers with the mean queries`. */
  readonly name: string
  readonly unit: 'share' | 'correlation' | 'area' | 'degrees' | 'R²' | 'rows' | 'heads' | 'sums'
  readonly confirmed: Bounds
  readonly refuted: Bounds
  /** Of the published checkpoint, measured by the same check; for comparison on screen. */
  readonly published: number
}

/** A quantity: its unit and name, what confirms the claim, what refutes it, and what the published checkpoint has. */
export function quantityOf(
  unit: Quantity['unit'],
  name: string,
  confirmed: Bounds,
  refuted: Bounds,
  published: number,
): Quantity {
  return { name, unit, confirmed, refuted, published }
}

/** A quantity that is a share. */
export function shareOf(name: string, confirmed: Bounds, refuted: Bounds, published: number): Quantity {
  return quantityOf('share', name, confirmed, refuted, published)
}

/** What a check found, one value for each quantity of its claim, in order; NaN where nothing could be measured. */
export interface Measured {
  readonly values: readonly number[]
  /** Where on this model and over what: `H0.0@C1 moves C2; 5000 sums, seed 7`. */
  readonly found: string
  /** The question whose answer it is read from; null where that is an exhaustive evaluation. */
  readonly asked: { readonly id: AnalysisId; readonly params: AnalysisParams } | null
  /** What of the claim's figure the number is read from: the part that it shows, and the answer digit. */
  readonly looks?: { readonly part?: string; readonly focus?: number }
}

/**
 * A statement about how a model adds, with the check that confirms or refutes it on the model that is open. Sites are found by
 * the check and never written down, so that a claim means the same on any model.
 */
export interface Claim {
  readonly id: string
  readonly statement: string
  /** Why it matters, and how it is tested, in a sentence or two. */
  readonly why: string
  /** Id of the figure that shows what the check reads, with the parameters that the check asks; null where no analysis is asked. */
  readonly figure: string | null
  readonly quantities: readonly Quantity[]
  /** Throws BadInput where the model has nothing that could be asked, as a second layer. */
  check(inquiry: Inquiry): Promise<Measured>
}
