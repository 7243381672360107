import type { ModelInfo } from '../../contract/contract'
import type { DeckState, DeckView } from '../../deck/deck'
import { fitsModel } from '../../session/check-analysis'
import { defaultView, type Session, type ViewState } from '../../session/session'
import type { SessionState } from '../state/session.svelte'
import { sessionFor } from '../state/session-for'

/** What of a window's view is the speaker's own, and no state's. */
export type Look = Pick<ViewState, 'theme' | 'palette'>

/** The session that a state of a deck stands for, as the open model can have it, on the Stage. */
export function sessionOfState(
  { state }: Pick<DeckState, 'state'>,
  model: ModelInfo,
  { theme, palette }: Look,
): Session {
  const { analysis, view, pins } = state
  const fits = fitsModel(analysis, model.config)
  const fresh = sessionFor(model, null)
  return {
    ...fresh,
    ...(fits && { analysis, pins }),
    view: { ...defaultView, ...view, theme, palette, stage: true },
  }
}

/** What a state of a deck holds of a session. */
export function stateOfSession({
  analysis,
  view,
  pins,
}: Pick<SessionState, 'analysis' | 'view' | 'pins'>): DeckState['state'] {
  return { analysis, view: deckViewOf(view), pins }
}

function deckViewOf(view: ViewState): DeckView {
  const { predictions, circuit, attribution, against, workspace, labSection, exact, parts, published } = view
  return { predictions, circuit, attribution, against, workspace, labSection, exact, parts, published }
}
