/** How long what was changed may go untold, ms, as long as a frame: with an answer that comes sooner it is drawn in one, not in two. */
const longestMs = 16

/**
 * Tells of changes those who draw them: at once, or, while an answer to them is waited for, together with it. A frame that showed the
 * change alone would be followed by the answer's a whole frame later.
 */
export class Telling {
  /** Called with each change before anyone is told of it. */
  onchange: () => void = () => undefined
  readonly #untold: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  changed(tell: () => void): void {
    this.onchange()
    this.tell(tell)
  }

  /** Tells at once, or with what is not told yet. */
  tell(tell: () => void): void {
    if (this.#timer === undefined) tell()
    else this.#untold.push(tell)
  }

  /** From now on nothing is told until `release` is called, or it has lasted too long. */
  hold(): void {
    this.#timer ??= setTimeout(() => this.release(), longestMs)
  }

  release(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const tell of this.#untold.splice(0)) tell()
  }
}
