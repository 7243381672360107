/**
 * Undo and redo over values that are replaced whole. Holds the values themselves: they are immutable and share what did
 * not change, so a thousand steps cost little.
 */
export class History<T> {
  #past: T[] = []
  #future: T[] = []
  #present: T

  constructor(
    initial: T,
    private readonly limit = 1000,
  ) {
    this.#present = initial
  }

  get present(): T {
    return this.#present
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Everything that undo and redo reach, oldest first. */
  get steps(): readonly T[] {
    return [...this.#past, this.#present, ...this.#future.toReversed()]
  }

  /** The present's place among the steps. */
  get position(): number {
    return this.#past.length
  }

  /** Goes to a step by its place; one beyond either end is that end. */
  goTo(position: number): T {
    while (this.position > position && this.canUndo) this.undo()
    while (this.position < position && this.canRedo) this.redo()
    return this.#present
  }

  /** Makes `next` the present and forgets what could have been redone. */
  push(next: T): void {
    this.#past.push(this.#present)
    if (this.#past.length > this.limit) this.#past.shift()
    this.#present = next
    this.#future = []
  }

  /** Steps back and returns the present, which stays where it is when there is nothing before it. */
  undo(): T {
    const previous = this.#past.pop()
    if (previous === undefined) return this.#present
    this.#future.push(this.#present)
    this.#present = previous
    return previous
  }

  /** Steps forward again; the present stays where it is when nothing was undone. */
  redo(): T {
    const next = this.#future.pop()
    if (next === undefined) return this.#present
    this.#past.push(this.#present)
    this.#present = next
    return next
  }
}
