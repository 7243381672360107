import { headLabel } from '../../core/heads'
import type { Answer } from '../state/answer'
import type { Explorer } from '../state/explorer.svelte'

/** How many of the answer's digits are wrong, in words. */
export function verdictText(answers: readonly { readonly now: Answer }[]): string {
  if (answers.length === 0) return '–'
  const wrong = answers.filter(({ now }) => now.wrong).length
  return wrong === 0 ? `✓ all ${answers.length} right` : `✕ ${wrong} of ${answers.length} wrong`
}

/** Which run the verdict is of, where that is not the only one: `clean: `, `preview without H0.2: `. */
export function runText({ runs }: Explorer): string {
  const { previewed, showsClean, against, names } = runs
  if (previewed) return `preview without ${headLabel(previewed.layer, previewed.head)}: `
  if (showsClean) return `${names.clean}: `
  return against ? `${names.now}: ` : ''
}

/** A figure of `performance` as text: one value, or `clean → intervened` while something is intervened on. */
export function changeText(explorer: Explorer, name: 'loss' | 'exactMatch', text: (value: number) => string) {
  const { performanceClean, performanceNow } = explorer.sweeps
  const [clean, now] = [performanceClean, performanceNow].map((query) => query.result?.[name])
  const { comparesMany: changed, settledNames: names } = explorer.runs
  const known = typeof clean === 'number'
  return {
    known,
    text: known ? (changed && typeof now === 'number' ? `${text(clean)} → ${text(now)}` : text(clean)) : '–',
    runs: changed ? `${names.clean} → ${names.now}` : names.clean,
    stale: [performanceClean, performanceNow].some(({ loading, failure }) => loading || failure !== null),
    failure: performanceNow.failure ?? performanceClean.failure,
  }
}
