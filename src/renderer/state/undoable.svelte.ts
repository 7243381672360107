import { History } from '../../session/history'
import { Telling } from './telling'

/** A history as the window shows it. Whoever asks gets what is so now; those who draw it are told of each move by `telling`. */
export class Undoable<T> {
  readonly telling = new Telling()
  readonly #history: History<T>
  /** Counts the moves through the history that were told of: the history is no state itself, whoever reads it reads this too. */
  #moves = $state(0)

  constructor(initial: T) {
    this.#history = new History(initial)
  }

  get present(): T {
    return this.#read().present
  }

  get canUndo(): boolean {
    return this.#read().canUndo
  }

  get canRedo(): boolean {
    return this.#read().canRedo
  }

  /** Every state that undo and redo reach, oldest first, and the place of the present one. */
  get timeline(): { readonly steps: readonly T[]; readonly position: number; readonly moves: number } {
    const { steps, position } = this.#history
    return { steps, position, moves: this.#moves }
  }

  push(next: T): void {
    this.#history.push(next)
    this.#moved()
  }

  undo(): void {
    this.#history.undo()
    this.#moved()
  }

  redo(): void {
    this.#history.redo()
    this.#moved()
  }

  /** Goes to a step of the timeline, as if by so many undos or redos. */
  goTo(position: number): void {
    this.#history.goTo(position)
    this.#moved()
  }

  #read(_ = this.#moves): History<T> {
    return this.#history
  }

  #moved(): void {
    this.telling.changed(() => this.#moves++)
  }
}
