import { commands, commandText, type CommandId } from '../../session/commands'
import type { Application } from '../state/application.svelte'
import type { Explorer } from '../state/explorer.svelte'
import { actionsOf } from './actions'
import { filmAction } from '../train/film-keys'
import { chordOf, digitOf, isAlt } from './chord'

type Action = () => void

const ids = Object.keys(commands) as CommandId[]

/** What the keyboard does wherever the focus is. Nothing here acts inside a text field. */
export class Shortcuts {
  constructor(
    private readonly application: Application,
    private readonly explorer: Explorer,
  ) {}

  down(event: KeyboardEvent): void {
    if (isText(event.target) || event.defaultPrevented || this.explorer.overlay !== null) return
    const action = this.#digit(event) ?? this.#command(event) ?? this.#held(event)
    if (!action) return
    // Esc is left to close an open menu too.
    if (event.key !== 'Escape') event.preventDefault()
    action()
  }

  up(event: KeyboardEvent): void {
    if (['A', 'D'].includes(chordOf({ ...modifiers, key: event.key, code: event.code }))) this.release()
  }

  /** Lets go of held keys, as when the window loses the focus while one is down. */
  release(): void {
    this.explorer.runs.held = null
  }

  /** What letters and digits act on is out of sight elsewhere. */
  get #isOnSum(): boolean {
    const { stage, workspace } = this.explorer.session.view
    return ['explore', 'lab', 'failures', 'train', 'tour'].includes(workspace) || stage
  }

  #digit(event: KeyboardEvent): Action | undefined {
    const digit = digitOf(event)
    if (digit === null) return undefined
    const { explorer } = this
    if (!isAlt(event)) return this.#isOnSum ? () => explorer.entry.type(digit) : undefined
    const focus = digit - 1
    return focus >= 0 && focus < explorer.config.layout.answerDigits
      ? () => explorer.session.change({ focus })
      : undefined
  }

  #command(event: KeyboardEvent): Action | undefined {
    const chord = chordOf(event)
    const asked = chord === 'Mod+Y' ? 'Mod+Shift+Z' : chord
    const { stage, workspace } = this.explorer.session.view
    const id = ids.find((one) => {
      const { key, where } = commandText(one)
      return key === asked && (where === undefined || (where === workspace && !stage))
    })
    if (!id || (/^[A-Z]$/.test(chord) && !this.#lettersAct(event))) return undefined
    return actionsOf(this.application, this.explorer)[id]
  }

  #held(event: KeyboardEvent): Action | undefined {
    const { explorer } = this
    const { stage, stagePanel, workspace } = explorer.session.view
    if (event.key === 'Escape')
      return () => {
        explorer.locked = null
        explorer.kept = null
      }
    const step = { '[': -1, ']': 1 }[event.key]
    if (stage && step) return () => explorer.session.show({ stagePanel: (stagePanel + step + 6) % 6 })
    if (!stage && workspace === 'lab' && step) return () => explorer.lab.step(step)
    const chord = chordOf(event)
    const { film } = explorer.training
    const isFilm = !stage && (workspace === 'train' || (film.followed !== null && /^[,.]$/.test(chord)))
    const action = isFilm && (!/^[A-Z]$/.test(chord) || this.#lettersAct(event)) && filmAction(film, chord)
    if (action) return action
    if (!this.#lettersAct(event)) return undefined
    const held = { A: 'clean', D: 'delta' } as const
    if (!stage && workspace === 'train' && chord === 'P') return () => explorer.training.togglePause()
    if (!stage && workspace === 'failures' && chord === 'P') return () => explorer.failures.togglePause()
    if (!stage && workspace === 'failures' && chord === 'N')
      return () => explorer.failures.step(event.shiftKey ? -1 : 1)
    return chord === 'A' || chord === 'D' ? () => (explorer.runs.held = held[chord]) : undefined
  }

  #lettersAct(event: KeyboardEvent): boolean {
    return this.#isOnSum && this.explorer.session.view.letters && !event.repeat
  }
}

/** A key let go of counts whatever is still down beside it. */
const modifiers = {
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  getModifierState: () => false,
} as const

/** A field that takes letters. In a dialog just closed it keeps the focus until the next frame, unseen: that is none. */
function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]') &&
    target.checkVisibility()
  )
}
