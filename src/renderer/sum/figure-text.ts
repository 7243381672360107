import type { Answer } from '../state/answer'
import type { Explorer } from '../state/explorer.svelte'

/** How many of the answer's digits are wrong, in words. */
export function verdictText(answers: readonly { readonly now: Answer }[]): string {
  if (answers.length === 0) return '–'
  const wrong = answers.filter(({ now }) => now.wrong).length
  return wrong === 0 ? `✓ all ${answers.length} right` : `✕ ${wrong} of ${answers.length} wrong`
}

/** A figure of `performance` as text: one value, or `clean → intervened` while something is intervened on. */
export function changeText(explorer: Explorer, name: 'loss' | 'exactMatch', text: (value: number) => string) {
  const { performanceClean, performanceNow } = explorer.sweeps
  const [clean, now] = [performanceClean, performanceNow].map((query) => query.result?.[name])
  const { against, showsClean } = explorer.runs
  const changed = !showsClean && (explorer.session.analysis.interventions.length > 0 || against !== null)
  const known = typeof clean === 'number'
  return {
    known,
    text: known ? (changed && typeof now === 'number' ? `${text(clean)} → ${text(now)}` : text(clean)) : '–',
    stale: performanceClean.loading || performanceNow.loading,
    failure: performanceNow.failure ?? performanceClean.failure,
  }
}
