import { headLabel } from '../../core/heads'
import type { Explorer } from '../state/explorer.svelte'
import { placeText } from '../state/intervention-text'
import type { Intervention } from '../../model/intervention'

/**
 * What is on the Stage, in two short sentences: what was intervened on, and what that did to the focus digit. Told of what is
 * so, never of a preview.
 */
export function noteOf(explorer: Explorer): { readonly effect: string; readonly result: string } {
  const { focus, runs } = explorer
  const answers = runs.settledAnswers
  const answer = answers[focus]
  const interventions = explorer.live.answered?.interventions ?? []
  if (!answer) return { effect: '', result: '' }
  const { clean, now } = runs.settledNames
  if (runs.showsClean && (runs.against || interventions.length > 0))
    return {
      effect: `The ${runs.against ? 'run pinned as A' : 'clean run'} is shown.`,
      result: answersText(focus, answer.now),
    }
  if (runs.against) {
    const effect = `${now} answers ${answer.now.text} in column ${focus}, ${clean} answers ${answer.clean.text}.`
    return { effect, result: wrongText(answers) }
  }
  if (interventions.length === 0) return { effect: 'Nothing is ablated.', result: answersText(focus, answer.clean) }
  const changed = answer.now.text !== answer.clean.text
  const effect = changed
    ? `column ${focus} answers ${answer.now.text} instead of ${answer.clean.text}.`
    : `column ${focus} still answers ${answer.now.text}.`
  return { effect: `${withoutText(interventions)}, ${effect}`, result: wrongText(answers) }
}

function answersText(focus: number, { text }: { readonly text: string }): string {
  return `Column ${focus} answers ${text}.`
}

function wrongText(answers: Explorer['runs']['answers']): string {
  const wrong = answers.filter(({ now }) => now.wrong).length
  return wrong === 0
    ? 'All digits are right.'
    : `${wrong} of ${answers.length} digits ${wrong === 1 ? 'is' : 'are'} wrong.`
}

function withoutText(interventions: readonly Intervention[]): string {
  const [first, ...others] = interventions
  if (!first || others.length > 0) return `With ${interventions.length} interventions`
  const whole = first.site === 'result' && first.positions === 'all' && first.mode !== 'patch'
  if (whole && first.head !== undefined) return `Without ${headLabel(first.layer, first.head)}`
  return `With ${placeText(first)} replaced`
}
