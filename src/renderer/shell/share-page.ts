import { fileName } from '../../report/file-name'
import { makePage, type Shareable } from '../../share/make-page'
import { pagePieces } from '../../share/page-html'
import { Inquiry, type Ask } from '../../tour/inquiry'
import type { Application } from '../state/application.svelte'
import { keptEverySum } from '../state/every-sum'
import { savePage } from './save-page'

/** Makes a page that steps through the states of a tour, a session or a deck, for people who have no Carryscope, and saves it. */
async function sharePage(application: Application, what: Shareable): Promise<void> {
  const { explorer, engine } = application
  if (!explorer) return
  const { model } = explorer
  const name = what.kind === 'deck' ? what.deck.title : `${model.name} ${what.kind}`
  await savePage(application, 'page', `${fileName([name])}.html`, async (job) => {
    const { ask: asking, ...work } = job.work(engine)
    const ask = ((id, params) => asking(id, params, false)) as Ask
    const everySum = what.kind === 'tour' ? await keptEverySum(engine) : null
    return job.gathered(pagePieces(await makePage(what, model, new Inquiry(model.config, ask, everySum), work)))
  })
}

export function shareTour(application: Application): Promise<void> {
  return sharePage(application, { kind: 'tour' })
}

export function shareDeck(application: Application): Promise<void> {
  return sharePage(application, { kind: 'deck', deck: application.decks.deck })
}

export async function shareSession(application: Application): Promise<void> {
  const session = application.explorer?.session.save()
  if (session) await sharePage(application, { kind: 'session', session })
}
