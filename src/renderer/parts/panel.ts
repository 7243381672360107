import type { Progress } from '../../contract/contract'

/** One line of a panel's `⋯` menu. */
export interface MenuItem {
  readonly label: string
  /** Whether a rule stands above it. */
  readonly rule?: boolean
  readonly run: () => void
}

/** What a panel needs to know of whatever fills it. A `Query` and a `LiveRun` are such. */
export interface PanelSource {
  readonly loading: boolean
  readonly failure: string | null
  /** Null until the first answer. */
  readonly result?: unknown
  readonly progress?: Progress | null
  /** Of how many sums the result is a first estimate, where it is one. */
  readonly look?: number | null
  retry(): void
}
