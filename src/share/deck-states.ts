import type { ModelInfo } from '../contract/contract'
import type { CheckedExpectation } from '../deck/check-deck'
import type { Deck, DeckState } from '../deck/deck'
import { expectationText, foundText } from '../deck/expectation-text'
import { missingSentence } from '../deck/missing'
import { BadInput } from '../core/bad-input'
import { fitsModel } from '../session/check-analysis'
import { factsOf, wantedPictures } from './figures-of-state'
import type { Fact, SharedState, SharedStates, WantedPicture } from './shared-page'

/**
 * A deck: each state with its line, what it expects and found, its sum's predictions and the panel of the Stage. Notes are the
 * speaker's own and stay out. Throws BadInput where none of its states means anything to the model.
 */
export function deckStates(
  deck: Deck,
  checks: readonly (readonly CheckedExpectation[])[],
  model: ModelInfo,
): SharedStates<WantedPicture> {
  const missing = missingSentence(deck, model)
  if (deck.states.length > 0 && deck.states.every(({ state }) => !fitsModel(state.analysis, model.config)))
    throw new BadInput(missing!)
  return {
    title: deck.title,
    line: missing ?? `A talk about ${model.name}, state by state, as the model answers it.`,
    model,
    states: deck.states.map((state, index) => stateOf(state, checks[index] ?? [], model)),
    data: { deck: { ...deck, states: deck.states.map((state) => ({ ...state, notes: '' })) } },
  }
}

function stateOf(
  { title, line, state, stage }: DeckState,
  checks: readonly CheckedExpectation[],
  model: ModelInfo,
): SharedState<WantedPicture> {
  const shown = { analysis: state.analysis, view: state.view }
  const expected = checks.map((checked): Fact => ({
    name: checked.met ? '✓ Expected' : '✕ Expected',
    text: foundBeside(checked),
  }))
  if (!fitsModel(state.analysis, model.config))
    return {
      title,
      line,
      verdict: null,
      facts: [{ name: 'Not shown', text: `It means nothing to ${model.name}.` }],
      pictures: [],
    }
  const panels = [...new Set(['predictions', drawnPanel(stage.panel)])]
  return {
    title,
    line,
    verdict: null,
    facts: [...factsOf(shown, model), ...expected],
    pictures: panels.flatMap((id) => wantedPictures(id, shown, model, { acting: true })),
  }
}

/** The clock face is drawn from a run on screen; its arrows are those of the attribution's first frequency. */
function drawnPanel(panel: string): string {
  return panel === 'clock-face' ? 'fourier-dla' : panel
}

function foundBeside(checked: CheckedExpectation): string {
  const unit = 'unit' in checked ? checked.unit : null
  const found = 'problem' in checked ? checked.problem : `found ${foundText(checked)}`
  return `${expectationText(checked.expectation, unit)}; ${found}`
}
