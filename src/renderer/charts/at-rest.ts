/** How long nothing changes before it counts as at rest, ms. */
const restMs = 250

/** Does something once its cause has come to rest. A timer for every change would have to be set and called off at every keystroke. */
export class AtRest {
  #due = 0
  #act: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Something changed: from now on it has to rest before `act` is called, in place of what was to be called before. */
  then(act: () => void): void {
    this.#due = performance.now() + restMs
    this.#act = act
    this.#timer ??= setTimeout(() => this.#look(), restMs)
  }

  /** Nothing is to be done any more. */
  callOff(): void {
    this.#act = null
  }

  #look(): void {
    this.#timer = undefined
    const left = this.#due - performance.now()
    if (!this.#act) return
    // Timers are due in whole milliseconds.
    if (left >= 1) this.#timer = setTimeout(() => this.#look(), left)
    else this.#act()
  }
}
