import type { Progress } from '../../shared/contract'

/** One line of a panel's `⋯` menu. */
export interface MenuItem {
  readonly label: string
  readonly run: () => void
}

/** How far the parts are from the whole that they should add up to. */
export interface Closure {
  /** `10 parts = logit`. */
  readonly claim: string
  readonly residual: number
  readonly tolerance: number
  readonly unit: string
}

/** What a panel needs to know of whatever fills it. A `Query` and a `LiveRun` are such. */
export interface PanelSource {
  readonly loading: boolean
  readonly failure: string | null
  readonly progress?: Progress | null
  retry(): void
}
