import type { ModelInfo } from '../contract/contract'
import { counted } from '../core/counted'
import type { CheckedExpectation } from '../deck/check-deck'
import type { Deck } from '../deck/deck'
import { plannedMinutes } from '../deck/edit-deck'
import { expectationText, foundText } from '../deck/expectation-text'
import { missingSentence } from '../deck/missing'
import { modelText } from '../report/subject-text'

type AllChecked = readonly (readonly CheckedExpectation[])[]

/** Each state with its minutes and what it expects: whether it holds, and the number that was found. */
export function deckText(deck: Deck, checked: AllChecked, model: ModelInfo): string {
  const minutes = Number(plannedMinutes(deck).toFixed(1))
  const heading = `${deck.title}: ${counted(deck.states.length, 'state')}, ${counted(minutes, 'minute')}, on ${modelText(model)}`
  const states = deck.states.map(({ title }, index) =>
    [`${index + 1} ${title}`, ...checked[index]!.map((each) => `  ${lineOf(each)}`)].join('\n'),
  )
  const all = checked.flat()
  const failed = all.filter(({ met }) => !met).length
  const verdict =
    failed === 0 ? `All ${all.length} expectations hold.` : `${failed} of ${all.length} expectations fail.`
  return `${[heading, ...states, verdict].join('\n\n')}\n`
}

function lineOf(checked: CheckedExpectation): string {
  if ('problem' in checked) return `✕ ${expectationText(checked.expectation)}: ${checked.problem}`
  const text = expectationText(checked.expectation, checked.unit)
  return `${checked.met ? '✓' : '✕'} ${text}: ${foundText(checked)}`
}

/** The same as data. What could not be measured is null. */
export function deckJson(deck: Deck, checked: AllChecked, model: ModelInfo) {
  const { name, sha256, config } = model
  return {
    model: { name, sha256, config },
    title: deck.title,
    missing: missingSentence(deck, model),
    states: deck.states.map(({ title, minutes }, index) => ({
      title,
      minutes,
      expects: checked[index]!.map((each) => {
        const { expectation, met } = each
        if ('problem' in each) return { ...expectation, met, problem: each.problem }
        return { ...expectation, met, found: Number.isNaN(each.found) ? null : each.found, unit: each.unit }
      }),
    })),
  }
}
