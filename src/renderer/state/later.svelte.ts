import { failureOf } from '../../contract/failure'
import { laterCode } from '../later-code'
import type { laterViews } from '../later-views'

/**
 * The views that are not on the screen at the start: their code is a file of its own, which is read once, when it is first wanted. What else
 * is read later follows it.
 */
export class Later {
  #views = $state.raw<typeof laterViews | null>(null)
  #reading: Promise<void> | undefined

  /** `refuse` is told why they could not be read, in one sentence. */
  constructor(private readonly refuse: (sentence: string) => void) {}

  /** Null until they are there. */
  get views(): typeof laterViews | null {
    return this.#views
  }

  read(): void {
    this.#reading ??= this.#read()
  }

  async #read(): Promise<void> {
    try {
      this.#views = (await import('../later-views')).laterViews
    } catch (error) {
      this.#reading = undefined
      this.refuse(`The other views could not be read (${failureOf(error).message}): load the page again.`)
      return
    }
    // What cannot be read now is read when it is wanted, and told there.
    for (const read of laterCode) await read().catch(() => undefined)
  }
}
