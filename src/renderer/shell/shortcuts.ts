import type { Application } from '../state/application.svelte'
import type { Explorer } from '../state/explorer.svelte'
import { saveSessionAs } from './session-files'
import { workspaceOfKey } from './workspaces'

/** A key and what it does, for the sheet. */
export const shortcutSheet: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: '0 – 9', does: 'type into the sum' },
  { keys: '+', does: 'go on with B' },
  { keys: 'Alt+1 …', does: 'choose the focus digit' },
  { keys: 'Tab', does: 'next region; arrows move inside one' },
  { keys: 'Space', does: 'flip the focused switch' },
  { keys: 'Enter', does: 'open a head, Esc closes it' },
  { keys: 'hold A', does: 'show the clean run, or the pinned A' },
  { keys: 'hold D', does: 'show the difference' },
  { keys: 'R  C  H', does: 'random, cascade, hard sum' },
  { keys: 'Del', does: 'remove the focused intervention' },
  { keys: 'Ctrl+Z', does: 'undo, Ctrl+Shift+Z redoes' },
  { keys: 'Alt+E W D', does: 'Explore, Weights, Dataset' },
  { keys: 'Alt+S', does: 'Stage: big type, one panel; [ and ] change it' },
  { keys: 'Ctrl+K', does: 'search for anything to do' },
  { keys: 'Ctrl+O', does: 'open another model' },
  { keys: 'Ctrl+S', does: 'save the session as a file' },
  { keys: '?', does: 'this sheet' },
]

/** What the keyboard does wherever the focus is. Nothing here acts inside a text field. */
export class Shortcuts {
  constructor(
    private readonly application: Application,
    private readonly explorer: Explorer,
  ) {}

  down(event: KeyboardEvent): void {
    if (isText(event.target) || event.defaultPrevented || this.explorer.overlay !== null) return
    const action =
      event.ctrlKey || event.metaKey ? this.#chord(event) : event.altKey ? this.#alt(event) : this.#plain(event)
    if (!action) return
    // Esc is left to close an open menu too.
    if (event.key !== 'Escape') event.preventDefault()
    action()
  }

  up(event: KeyboardEvent): void {
    const key = event.key.toLowerCase()
    if (key === 'a' || key === 'd') this.release()
  }

  /** Lets go of held keys, as when the window loses the focus while one is down. */
  release(): void {
    this.explorer.runs.held = null
  }

  #chord(event: KeyboardEvent): (() => void) | undefined {
    const key = event.key.toLowerCase()
    const { session } = this.explorer
    if (key === 'z') return event.shiftKey ? () => session.redo() : () => session.undo()
    const others: Record<string, () => void> = {
      y: () => session.redo(),
      k: () => (this.explorer.overlay = 'search'),
      o: () => this.application.choose(),
      s: () => void saveSessionAs(this.application),
    }
    return others[key]
  }

  #alt(event: KeyboardEvent): (() => void) | undefined {
    if (event.code === 'KeyS') return () => this.explorer.session.show({ stage: !this.explorer.session.view.stage })
    const workspace = workspaceOfKey(event.code)
    if (workspace) return () => this.explorer.session.show({ workspace })
    // By place on the keyboard: with Alt, some layouts give other characters.
    const digit = Number(/^Digit([1-6])$/.exec(event.code)?.[1]) - 1
    if (!(digit < this.explorer.config.numDigits)) return undefined
    return () => this.explorer.session.change({ focus: digit })
  }

  #plain(event: KeyboardEvent): (() => void) | undefined {
    const { explorer } = this
    if (event.key === 'Escape')
      return () => {
        explorer.locked = null
        explorer.kept = null
      }
    if (event.key === '?') return () => (explorer.overlay = 'sheet')
    const { stage, stagePanel, workspace } = explorer.session.view
    // What the other keys act on is out of sight elsewhere.
    if (workspace !== 'explore' && !stage) return undefined
    if (/^\d$/.test(event.key)) return () => explorer.entry.type(Number(event.key))
    const step = { '[': -1, ']': 1 }[event.key]
    if (stage && step) return () => explorer.session.show({ stagePanel: (stagePanel + step + 6) % 6 })
    if (!explorer.session.view.letters || event.repeat) return undefined
    const letters: Record<string, () => void> = {
      a: () => (explorer.runs.held = 'clean'),
      d: () => (explorer.runs.held = 'delta'),
      r: () => explorer.pickers.random(),
      c: () => explorer.pickers.cascade(),
      h: () => void explorer.pickers.hard(),
    }
    return letters[event.key.toLowerCase()]
  }
}

/** A field that takes letters. In a dialog just closed it keeps the focus until the next frame, unseen: that is none. */
function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]') &&
    target.checkVisibility()
  )
}
