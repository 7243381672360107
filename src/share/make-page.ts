import type { ModelInfo } from '../contract/contract'
import { checkDeck } from '../deck/check-deck'
import type { Deck } from '../deck/deck'
import { readDeck } from '../deck/deck-text'
import type { ReportWork } from '../report/report'
import type { Session } from '../session/session'
import { readSession } from '../session/session-text'
import type { Claim } from '../tour/claim'
import { claims } from '../tour/claims/registry'
import type { Inquiry } from '../tour/inquiry'
import { takeTour } from '../tour/take-tour'
import { deckStates } from './deck-states'
import { drawPage } from './draw-page'
import { sessionStates } from './session-states'
import type { DrawnPage, SharedStates, WantedPicture } from './shared-page'
import { tourStates } from './tour-states'

/** What can be shared as a page. */
export type Shareable =
  | { readonly kind: 'tour' }
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'deck'; readonly deck: Deck }

/** Reads a file of a session or of a deck, whichever it is. Throws BadInput, with one sentence, where it is neither. */
export function readShareable(json: string, name: string): Shareable {
  // Only a deck has states; what is no JSON is told of as a session.
  if (/"states"\s*:\s*\[/.test(json)) return { kind: 'deck', deck: readDeck(json, name) }
  return { kind: 'session', session: readSession(json, name) }
}

/**
 * Asks the open model all that a page tells, and draws it. Checks and pictures ask through the same inquiry, so that nothing is asked
 * twice; `work.progress` counts checks, then pictures. Throws BadInput where nothing of it means anything to the model.
 */
export async function makePage(
  what: Shareable,
  model: ModelInfo,
  inquiry: Inquiry,
  work: Omit<ReportWork, 'ask'>,
): Promise<DrawnPage> {
  const states = await statesOf(what, model, inquiry, work)
  const ask: ReportWork['ask'] = (id, params) => inquiry.ask({ id, params } as Parameters<Inquiry['ask']>[0])
  return drawPage(states, { ...work, ask })
}

async function statesOf(
  what: Shareable,
  model: ModelInfo,
  inquiry: Inquiry,
  { progress, giveWay }: Omit<ReportWork, 'ask'>,
): Promise<SharedStates<WantedPicture>> {
  switch (what.kind) {
    case 'session':
      return sessionStates(what.session, model)
    case 'deck':
      return deckStates(what.deck, await checkDeck(what.deck, inquiry), model)
    case 'tour': {
      let done = 0
      const oneByOne = claims.map((claim): Claim => ({
        ...claim,
        check: async (asking) => {
          await giveWay()
          return claim.check(asking)
        },
      }))
      const all = await takeTour(oneByOne, inquiry, () => progress(++done, claims.length))
      return tourStates(all, model)
    }
  }
}
