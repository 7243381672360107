import type { Given } from './given'
import type { Swept } from './intervention-blocks'

/** The last part of a snippet: what an analysis makes of its runs, ending in `result`. */
export interface Body {
  readonly code: string
  readonly swept?: Swept
}

export type BodyOf = (given: Given) => Body
