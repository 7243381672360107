import type { CommandId } from '../../session/commands'
import type { Workspace } from '../../session/session'
import type { Application } from '../state/application.svelte'
import type { Explorer } from '../state/explorer.svelte'
import { openDeck, saveDeckAs } from '../decks/deck-files'
import type { SessionState } from '../state/session.svelte'
import { attempt } from './attempt'
import { openFigureMenu } from './figure-menu'
import { copyLink, openSession, saveSessionAs } from './session-files'

/** What every command does, whoever asks for it. A command without an action does not compile. */
export function actionsOf(application: Application, explorer: Explorer): Readonly<Record<CommandId, () => void>> {
  const { session, pickers, lab } = explorer
  const { decks, bridge } = application
  const attempted = (work: () => Promise<unknown>) => () => void attempt(application, work())
  const present = (anyway: boolean) => decks.present(explorer, bridge, () => application.notice, anyway)
  const undone = () => undoneIn(application, explorer)
  // What makes pages is read when one is wanted.
  const saveReport = async () => (await import('./save-report')).saveReport(application)
  const share = async (what: 'shareTour' | 'shareDeck' | 'shareSession') =>
    (await import('./share-page'))[what](application)
  const goTo = (workspace: Workspace) => () => session.show({ stage: false, workspace })
  return {
    undo: () => undone().undo(),
    redo: () => undone().redo(),
    'clear-interventions': () => explorer.interventions.clear(),
    'random-sum': () => pickers.random(),
    'cascade-sum': () => pickers.cascade(),
    'hard-sum': attempted(() => pickers.hard()),
    'random-donor': () => lab.draw(false),
    'other-carry-donor': () => lab.draw(true),
    'swap-donor': () => lab.swap(),
    'clear-sites': () => lab.clear(),
    stage: () => session.show({ stage: !session.view.stage }),
    explore: goTo('explore'),
    weights: goTo('weights'),
    dataset: goTo('dataset'),
    lab: goTo('lab'),
    failures: goTo('failures'),
    train: goTo('train'),
    'start-run': () => explorer.open('start-run'),
    'open-run': () => explorer.open('open-run'),
    tour: goTo('tour'),
    decks: goTo('decks'),
    'take-state': () => {
      decks.take(explorer)
      session.show({ stage: false, workspace: 'decks' })
    },
    present: attempted(() => present(false)),
    'present-window': attempted(() => present(true)),
    'check-deck': () => void decks.check(explorer),
    'open-deck': () => openDeck(application),
    'save-deck-as': () => saveDeckAs(decks),
    'duplicate-state': () => decks.duplicate(),
    'remove-state': () => decks.remove(),
    'open-model': () => (application.choosing = true),
    layout: () => explorer.open('layout'),
    'open-session': () => openSession(application),
    'save-session-as': () => void saveSessionAs(application),
    'copy-link': () => void copyLink(application),
    'save-figure': () => {
      // The deck's editor and the Stage have no figures with a menu.
      const { workspace, stage } = session.view
      if (stage || workspace === 'decks') goTo('explore')()
      openFigureMenu()
    },
    'save-report': attempted(saveReport),
    'share-tour': attempted(() => share('shareTour')),
    'share-deck': attempted(() => share('shareDeck')),
    'share-session': attempted(() => share('shareSession')),
    history: () => explorer.open('history'),
    providers: () => explorer.open('providers'),
    'pin-a': () => explorer.pin('a'),
    'pin-b': () => explorer.pin('b'),
    search: () => explorer.open('search'),
    keyboard: () => explorer.open('sheet'),
    about: () => explorer.open('about'),
  }
}

/** What is undone: the deck while that is edited, else the session. */
export function undoneIn(
  { decks }: Application,
  { session }: Explorer,
): Pick<SessionState, 'undo' | 'redo' | 'canUndo' | 'canRedo'> {
  const { workspace, stage } = session.view
  return workspace === 'decks' && !stage ? decks : session
}
