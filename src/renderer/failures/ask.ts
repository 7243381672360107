import { untrack } from 'svelte'
import type { Intervention } from '../../model/intervention'
import type { Explorer } from '../state/explorer.svelte'

/** How long interventions must stand before processes are started for them, ms. */
const settleMs = 300

/** Has every sum evaluated under interventions, once these have stood for a moment. Returns what takes the wish back. */
export function askFailures({ failures }: Explorer, interventions: readonly Intervention[], runs: boolean): () => void {
  const { exhaustive } = failures
  const ask = () => untrack(() => exhaustive.ask(interventions, runs))
  if (untrack(() => exhaustive.report) === null) {
    ask()
    return () => undefined
  }
  const timer = setTimeout(ask, settleMs)
  return () => clearTimeout(timer)
}
