import type { Tensor } from '../../core/tensor'
import type { RunNames } from '../drawing/run-names'

/**
 * Direct logit attribution at one answer digit: what each part of the final residual stream adds to the logit of each
 * digit, as a map of whole logits; and beside it, for the true digit, as bars (outline clean, solid intervened). The last
 * row is the logit itself, which the parts add up to. One scale ±M serves colours and bars.
 */
export interface AttributionInput {
  readonly clean: AttributedRun
  readonly now: AttributedRun
  readonly intervened: boolean
  /** Answer digit, 0 is C0. */
  readonly focus: number
  /** The digits of the correct answer. */
  readonly truth: readonly number[]
  /** What the cells show: the run under interventions (the clean one without any), or intervened - clean. */
  readonly show: 'now' | 'delta'
  /** What the heading calls the runs. */
  readonly names?: RunNames
}

export interface AttributedRun {
  /** Logits that each component adds. */
  readonly attribution: Tensor<readonly ['component', 'digit', 'logit']>
  readonly logits: Tensor<readonly ['digit', 'vocab']>
  readonly predicted: readonly number[]
}

/** One cell or bar: a component and a digit, in logits. */
export interface AttributionDatum {
  readonly component: string
  readonly logit: number
  readonly clean: number
  readonly now: number
}

/** The name of the last row. */
export const logitRow = '= logit'
