import type { Sum } from '../core/sum'
import type { Tensor } from '../core/tensor'

/** What figures of many sums mark of one run of the sum on screen. */
export interface SumRun {
  /** Masked entries are NaN. */
  readonly pattern: Tensor<readonly ['layer', 'head', 'query', 'key']>
  /** Where the stream stands in the plane of `residual-circle`. */
  readonly circle: Tensor<readonly ['stage', 'digit', 'component']>
}

/** The sum on screen: its clean run, and the one under what acts on it now. */
export interface ThisSum {
  readonly sum: Sum
  readonly clean: SumRun
  readonly now: SumRun
  /** What the two are called, where not `clean` and `now`: `intervened` and `transplanted`. Equal where there is only one. */
  readonly names?: { readonly clean: string; readonly now: string }
}

/** What the runs of the sum on screen are called. */
export function namesOf(here: ThisSum | null): { readonly clean: string; readonly now: string } {
  return here?.names ?? { clean: 'clean', now: 'now' }
}
