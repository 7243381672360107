import { History } from '../../session/history'

/** A history as the window shows it: its present, and whether there is anything to undo or redo, are state. */
export class Undoable<T> {
  readonly #history: History<T>
  #present = $state.raw() as T
  #canUndo = $state(false)
  #canRedo = $state(false)
  /** Counts the moves through the history, which is no state itself: whoever reads its steps reads this too. */
  #moves = $state(0)

  constructor(initial: T) {
    this.#history = new History(initial)
    this.#present = initial
  }

  get present(): T {
    return this.#present
  }

  get canUndo(): boolean {
    return this.#canUndo
  }

  get canRedo(): boolean {
    return this.#canRedo
  }

  /** Every state that undo and redo reach, oldest first, and the place of the present one. */
  get timeline(): { readonly steps: readonly T[]; readonly position: number; readonly moves: number } {
    return { steps: this.#history.steps, position: this.#history.position, moves: this.#moves }
  }

  push(next: T): void {
    this.#history.push(next)
    this.#settle()
  }

  undo(): void {
    this.#history.undo()
    this.#settle()
  }

  redo(): void {
    this.#history.redo()
    this.#settle()
  }

  /** Goes to a step of the timeline, as if by so many undos or redos. */
  goTo(position: number): void {
    this.#history.goTo(position)
    this.#settle()
  }

  #settle(): void {
    this.#present = this.#history.present
    this.#canUndo = this.#history.canUndo
    this.#canRedo = this.#history.canRedo
    this.#moves++
  }
}
