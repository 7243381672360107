import { untrack } from 'svelte'
import type { Intervention } from '../../model/intervention'
import type { Explorer } from '../state/explorer.svelte'

/** How long interventions must stand before processes are started for them, ms. */
const settleMs = 300
/** How long a first look is waited for at most, ms. */
const longestLookMs = 300

/**
 * Has every sum evaluated under interventions, once these have stood for a moment; the first ones after a first look, which processes
 * that start would keep from the processors that it and the window need. Returns what takes the wish back.
 */
export function askFailures({ failures }: Explorer, interventions: readonly Intervention[], runs: boolean): () => void {
  const { exhaustive } = failures
  let due = true
  const ask = () => {
    clearTimeout(timer)
    if (due) untrack(() => exhaustive.ask(interventions, runs))
    due = false
  }
  const isFirst = untrack(() => exhaustive.report) === null
  const timer = setTimeout(ask, isFirst ? longestLookMs : settleMs)
  if (isFirst) void untrack(() => failures.look(interventions)).then(ask)
  return () => {
    due = false
    clearTimeout(timer)
  }
}
