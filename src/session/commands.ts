/** What can be done by a key, a menu or the search: said once, and done once (see the window's `actionsOf`). */
export interface CommandText {
  readonly label: string
  /** By meaning: `Mod` is Ctrl, or ⌘ on a Mac. A letter is the letter that the keyboard writes, wherever it lies. */
  readonly key?: string
  /** The one workspace whose key it is; elsewhere the key may mean something else. */
  readonly where?: 'lab' | 'train' | 'decks'
  /** Other words that people search for it by. */
  readonly words?: string
}

export const commands = {
  undo: { label: 'Undo', key: 'Mod+Z', words: 'back revert history' },
  redo: { label: 'Redo', key: 'Mod+Shift+Z', words: 'again forward history' },
  'clear-interventions': { label: 'Clear all interventions', words: 'reset restore clean remove cuts ablations' },
  'random-sum': { label: 'Random sum', key: 'R', words: 'draw another example' },
  'cascade-sum': { label: 'Cascade sum', key: 'C', words: 'carry nines propagate example' },
  'hard-sum': { label: 'Hard sum', key: 'H', words: 'difficult least sure worst example' },
  'random-donor': { label: 'Random donor', key: 'D', where: 'lab', words: 'carry lab bench draw transplant' },
  'other-carry-donor': { label: 'Donor with another carry', key: 'O', where: 'lab', words: 'carry lab bench draw' },
  'swap-donor': { label: 'Swap sum and donor', key: 'X', where: 'lab', words: 'carry lab bench exchange' },
  'clear-sites': { label: 'Clear the sites of the bench', words: 'carry lab bench remove reset transplant' },
  stage: { label: 'Stage', key: 'Alt+S', words: 'talk presentation big type projector' },
  explore: { label: 'Go to Explore', key: 'Alt+E', words: 'workspace heads circuit patch ablate zero mean resample' },
  weights: { label: 'Go to Weights', key: 'Alt+W', words: 'workspace parameters unembedding qk ov' },
  dataset: { label: 'Go to Dataset', key: 'Alt+D', words: 'workspace sums sweep statistics seed subset' },
  tour: { label: 'Go to Tour', key: 'Alt+T', words: 'workspace claims check confirmed refuted verdict findings' },
  lab: { label: 'Go to Carry lab', key: 'Alt+L', words: 'workspace transplant donor bench needles circle race probes' },
  failures: {
    label: 'Go to Failures',
    key: 'Alt+X',
    words: 'workspace every sum exhaustive margins wrong weakest map',
  },
  train: { label: 'Go to Train', key: 'Alt+R', words: 'workspace training run checkpoints learning form' },
  'start-run': { label: 'Start a training run…', words: 'train seed steps preset learning rate new model' },
  'open-run': { label: 'Open another training run…', words: 'train checkpoints folder log curves' },
  'open-model': { label: 'Open another model', key: 'Mod+O', words: 'load file checkpoint pt safetensors' },
  layout: { label: 'How sums are written…', words: 'layout digits order units first start token task reading' },
  'open-session': { label: 'Open session…', words: 'load file restore' },
  'save-session-as': { label: 'Save session as…', key: 'Mod+S', words: 'store file export' },
  'copy-link': { label: 'Copy state as text', words: 'link permalink share url' },
  'save-figure': {
    label: 'Save a figure as CSV, SVG, PNG or JSON…',
    words: 'copy export download numbers table spreadsheet excel semicolon picture image clipboard menu',
  },
  'save-report': { label: 'Save report…', words: 'export html figures svg print pdf' },
  decks: { label: 'Go to Decks', key: 'Alt+K', words: 'workspace talk slides presentation states notes' },
  'take-state': { label: 'Take this state into the deck', key: 'Alt+N', words: 'deck talk slide new add window' },
  present: { label: 'Present the deck', key: 'Alt+P', words: 'deck talk presenter projector slides show begin' },
  'present-window': {
    label: 'Present with a window for the Stage',
    key: 'Alt+Shift+P',
    words: 'deck talk presenter projector second display screen',
  },
  'check-deck': { label: 'Check all states of the deck', words: 'deck talk expectations verify' },
  'open-deck': { label: 'Open deck…', words: 'talk slides file load' },
  'save-deck-as': { label: 'Save deck as…', words: 'talk slides file store json' },
  'duplicate-state': {
    label: 'Duplicate this state of the deck',
    key: 'Mod+D',
    where: 'decks',
    words: 'copy slide talk',
  },
  'remove-state': { label: 'Remove this state of the deck', key: 'Delete', where: 'decks', words: 'delete slide talk' },
  'share-tour': { label: 'Share the tour as a page…', words: 'export html claims publish handout send' },
  'share-deck': {
    label: 'Share the deck as a page…',
    where: 'decks',
    words: 'export html talk slides publish handout send',
  },
  'share-session': { label: 'Share the session as a page…', words: 'export html pins state publish handout send' },
  history: { label: 'History', words: 'timeline pins undo' },
  providers: { label: 'Execution providers', words: 'gpu cuda webgpu cpu device speed' },
  'pin-a': { label: 'Pin this state as A', words: 'compare keep' },
  'pin-b': { label: 'Pin this state as B', words: 'compare keep' },
  search: { label: 'Search', key: 'Mod+K', words: 'find command palette' },
  keyboard: { label: 'Keyboard', key: '?', words: 'help keys shortcuts' },
  about: { label: 'About Carryscope', words: 'version build licences notices' },
} as const satisfies Record<string, CommandText>

export type CommandId = keyof typeof commands

/** What a command is called, and found by. */
export function commandText(id: CommandId): CommandText {
  return commands[id]
}

/** A key as a person reads it: `Ctrl+Shift+Z`, or `⌘⇧Z` on a Mac. */
export function keyText(key: string, isMac = false): string {
  if (!isMac) return key.replace('Mod', 'Ctrl')
  return key.replace('Mod+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥')
}
