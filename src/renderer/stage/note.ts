import { headLabel } from '../../core/heads'
import type { Explorer } from '../state/explorer.svelte'
import { placeText } from '../state/intervention-text'
import type { Intervention } from '../../model/intervention'

/** What is on the Stage, in two short sentences: what was cut, and what that did to the focus digit. */
export function noteOf(explorer: Explorer): { readonly cut: string; readonly result: string } {
  const { interventions } = explorer.session.analysis
  const answer = explorer.runs.answers[explorer.focus]
  if (!answer) return { cut: '', result: '' }
  if (interventions.length === 0 || !explorer.runs.intervened)
    return { cut: 'Nothing is cut.', result: `Column ${explorer.focus} answers ${answer.clean.text}.` }
  const wrong = explorer.runs.answers.filter(({ now }) => now.wrong).length
  const changed = answer.now.text !== answer.clean.text
  const effect = changed
    ? `column ${explorer.focus} answers ${answer.now.text} instead of ${answer.clean.text}.`
    : `column ${explorer.focus} still answers ${answer.now.text}.`
  return {
    cut: `${cutText(interventions)}, ${effect}`,
    result: wrong === 0 ? 'All digits are right.' : `${wrong} of ${explorer.runs.answers.length} digits are wrong.`,
  }
}

function cutText(interventions: readonly Intervention[]): string {
  const [first, ...others] = interventions
  if (!first || others.length > 0) return `With ${interventions.length} cuts`
  const whole = first.site === 'result' && first.positions === 'all' && first.mode !== 'patch'
  if (whole && first.head !== undefined) return `Without ${headLabel(first.layer, first.head)}`
  return `With ${placeText(first)} replaced`
}
