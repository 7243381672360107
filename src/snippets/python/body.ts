import type { SnippetInput } from './snippet-input'
import type { Swept } from './intervention-blocks'

/** The last part of a snippet: what an analysis makes of its runs, ending in `result`. */
export interface Body {
  readonly code: string
  readonly swept?: Swept
}

export type BodyOf = (input: SnippetInput) => Body
