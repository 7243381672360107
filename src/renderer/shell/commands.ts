import { BadInput } from '../../core/bad-input'
import { formatSum, parseSum } from '../../core/sum-text'
import { looksLikeLink } from '../../session/permalink'
import { commands, commandText, keyText, type CommandId } from '../../session/commands'
import { digitsOfSum } from '../../session/session'
import { shippedDecks } from '../decks/shipped-decks'
import type { Application } from '../state/application.svelte'
import { comparePins } from '../state/compare-pins'
import type { Explorer } from '../state/explorer.svelte'
import { actionsOf } from './actions'
import { circuitCommands } from './circuit-commands'
import type { Command } from './command'
import { figureCommands } from './figure-commands'
import { panelCommands } from './panel-commands'
import { settingCommands } from './setting-commands'

/** Everything that can be done now, in the order in which it is listed before anything is typed. */
export function commandsOf(application: Application, explorer: Explorer): readonly Command[] {
  const { session, config } = explorer
  const actions = actionsOf(application, explorer)
  const inDeck = session.view.workspace === 'decks' && !session.view.stage
  const ids = (Object.keys(commands) as CommandId[]).filter(
    (id) => id !== 'search' && (inDeck || !ofChosenState.has(id)),
  )
  return [
    ...ids.map((id): Command => {
      const { label, key, words } = commandText(id)
      return { label, run: actions[id], ...(key && { keys: keyText(key, isMac()) }), ...(words && { words }) }
    }),
    ...(session.pins.a ? [{ label: 'Compare with A', run: () => comparePins(session) }] : []),
    ...(explorer.runs.against ? [{ label: 'Compare with clean', run: () => session.show({ against: 'clean' }) }] : []),
    ...circuitCommands(explorer),
    ...Array.from({ length: config.layout.answerDigits }, (_, focus) => ({
      label: `Focus on C${focus}`,
      keys: keyText(`Alt+${focus + 1}`, isMac()),
      words: 'answer digit',
      run: () => session.change({ focus }),
    })),
    ...shippedDecks.map(({ file, title }) => ({
      label: `Open the deck “${title}”`,
      words: 'talk slides states presentation',
      run: () => {
        application.decks.openShipped(file)
        session.show({ stage: false, workspace: 'decks' })
      },
    })),
    ...panelCommands(explorer, application.decks),
    ...figureCommands(explorer),
    ...settingCommands(session),
  ]
}

/** What changes the state that is chosen in the deck: not while that is out of sight. */
const ofChosenState: ReadonlySet<CommandId> = new Set(['duplicate-state', 'remove-state'])

function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}

/** A pasted link offers to open it. Null for anything else. */
export function linkCommand(application: Application, typed: string): Command | null {
  return looksLikeLink(typed) ? { label: 'Open the pasted state', run: () => application.openLink(typed) } : null
}

/** Typing a whole sum offers to take it. Null for anything else. */
export function sumCommand(explorer: Explorer, typed: string): Command | null {
  const { layout } = explorer.config
  try {
    const sum = parseSum(typed, layout)
    return {
      label: `Take the sum ${formatSum(sum, layout)}`,
      run: () => explorer.session.change({ digits: digitsOfSum(sum, layout) }),
    }
  } catch (error) {
    if (error instanceof BadInput) return null
    throw error
  }
}
