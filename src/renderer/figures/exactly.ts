import type { AnalysisParams } from '../../analyses/registry'

/** What a figure shows whatever is on screen: all that is asked, and the part and the answer digit that are looked at. */
export interface Exactly {
  readonly params: AnalysisParams
  readonly part?: string
  readonly focus?: number
}
