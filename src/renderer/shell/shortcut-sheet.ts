import { commandText, keyText, type CommandId } from '../../session/commands'

/** A key and what it does. */
export interface SheetRow {
  readonly keys: string
  readonly does: string
}

/** What the keys of the sum and its panels do, beside those that commands have. */
const keysOfPanels: readonly SheetRow[] = [
  { keys: '0 – 9', does: 'type into the sum, with or without Shift' },
  { keys: '+', does: 'go on with B' },
  { keys: 'Alt+1 …', does: 'choose the focus digit' },
  { keys: 'Tab', does: 'next region; arrows move inside one' },
  { keys: 'Space', does: 'switch the focused activation off, or on again' },
  { keys: 'Enter', does: 'open a head, Esc closes it' },
  { keys: 'hold A', does: 'show the clean run, or the pinned A' },
  { keys: 'hold D', does: 'show the difference' },
  { keys: '[  ]', does: 'on the Stage and in the carry lab: the panel before, the next' },
  { keys: 'P', does: 'in Failures: hold the evaluation of every sum, or go on; in Train the run' },
  { keys: 'N', does: 'in Failures: the next wrong or weakest sum, with Shift the one before' },
  { keys: ',  .', does: 'in Train: the checkpoint before, the next; Home and End the first, the last' },
  { keys: 'L', does: 'in Train: play the checkpoints as a film, or hold it' },
  { keys: '+  -', does: 'on a curve of Train: zoom into its steps around what is marked, and out' },
  { keys: 'B', does: 'in Train: hold everything against this checkpoint; X exchanges A and B' },
  { keys: 'Del', does: 'remove the focused intervention; in the carry lab the sites' },
  { keys: 'Shift+arrow', does: 'in the map of sites: take the next one too' },
  { keys: 'F2', does: 'in Decks: the title of the state' },
  { keys: 'Alt+↑  Alt+↓', does: 'in Decks: move the state up, down' },
  { keys: 'Space PgDn', does: 'presenting: the next state; PgUp the one before, Home the first' },
  { keys: '0 – 3', does: 'presenting: the spotlight on nothing, the sum, left, right' },
  { keys: 'R  .  K', does: 'presenting: reset the state, black, pause the clock' },
  { keys: 'hold N', does: 'presenting on one display: show the notes' },
]

const placeNames = { lab: 'the carry lab', train: 'Train', decks: 'Decks' } as const

const listed: readonly CommandId[] = [
  ...([
    'random-sum',
    'cascade-sum',
    'hard-sum',
    'random-donor',
    'other-carry-donor',
    'swap-donor',
    'undo',
    'redo',
    'explore',
    'weights',
    'dataset',
    'lab',
    'failures',
    'train',
    'tour',
    'decks',
    'take-state',
    'present',
    'present-window',
    'duplicate-state',
    'remove-state',
    'stage',
  ] as const),
  ...(['search', 'open-model', 'save-session-as', 'keyboard'] as const),
]

/** Every key there is, as it is written on this kind of keyboard. */
export function shortcutSheet(isMac: boolean): readonly SheetRow[] {
  const ofCommands = listed.map((id) => {
    const { key = '', label, where } = commandText(id)
    return { keys: keyText(key, isMac), does: where ? `${label}, in ${placeNames[where]}` : label }
  })
  return [...keysOfPanels, ...ofCommands]
}
