/**
 * How fast a count grows, from its first report to its last: what went before the first, such as waiting for a turn, is not
 * speed.
 */
export class Speedometer {
  #first: { readonly count: number; readonly at: number } | null = null
  #last: { readonly count: number; readonly at: number } | null = null

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(count: number): void {
    this.#last = { count, at: this.now() }
    this.#first ??= this.#last
  }

  /** Null before two reports at different times. */
  get perSecond(): number | null {
    if (!this.#first || !this.#last || this.#last.at <= this.#first.at) return null
    return ((this.#last.count - this.#first.count) / (this.#last.at - this.#first.at)) * 1000
  }
}
