import type { Progress } from './contract'
import type { Failure } from './failure'

/** What a caller sends. `id` is the caller's own count; an answer repeats it. */
export type Request =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly params: unknown }
  /** The answer is no longer wanted: drop the call where it waits, stop it where it runs. */
  | { readonly kind: 'cancel'; readonly id: number }

/** What the engine sends. A call has any number of `progress` and then exactly one `result` or `failure`. */
export type Reply =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  /** A message that could not be understood, so that it belongs to no call. */
  | { readonly kind: 'refusal'; readonly failure: Failure }
