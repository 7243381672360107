import { untrack } from 'svelte'
import { refusalOf } from '../../contract/failure'
import type { Session } from '../../session/session'
import { whenLeft } from './when-left'

/** A pause after a change, so that typing is saved once; in milliseconds. */
const pause = 250
/** When a save that failed is tried again: a full disk may have room by then. */
const retry = 5000

/** The session that is to be on the disk, and whether it was given to be written. */
interface Wanted {
  readonly json: string
  isSent: boolean
}

/** Keeps the session on the disk, and knows whether what is there is what is on screen. */
export class Autosave {
  #state = $state<'saved' | 'saving' | 'failed'>('saved')
  #wanted: Wanted | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `tell` is given why saving fails, once for each run of failures, and null when it works again. */
  constructor(
    private readonly write: (json: string) => Promise<void>,
    private readonly tell: (sentence: string | null) => void,
  ) {}

  get state(): 'saved' | 'saving' | 'failed' {
    return this.#state
  }

  /**
   * Saves the session shortly after each change, again until that succeeds, and at once when the page is left. To be called once, while a
   * component is being set up.
   */
  follow(session: () => Session | null): void {
    $effect(() => {
      const json = jsonOf(session())
      if (json !== null) untrack(() => this.#keep(json))
      return () => clearTimeout(this.#timer)
    })
    $effect(() => {
      // What was changed last may not be told yet to those who draw it.
      const stop = whenLeft(() => this.#leave(jsonOf(session())))
      return () => {
        stop()
        this.#wanted = null
      }
    })
  }

  #keep(json: string): void {
    const wanted = this.#want(json)
    if (!wanted.isSent) this.#timer = setTimeout(() => void this.#save(wanted), pause)
  }

  #leave(json: string | null): void {
    const wanted = json === null ? null : this.#want(json)
    if (wanted && !wanted.isSent) void this.#save(wanted)
  }

  #want(json: string): Wanted {
    if (this.#wanted?.json === json) return this.#wanted
    if (this.#state === 'saved') this.#state = 'saving'
    return (this.#wanted = { json, isSent: false })
  }

  async #save(wanted: Wanted): Promise<void> {
    clearTimeout(this.#timer)
    wanted.isSent = true
    const refusal = await refusalOf(this.write(wanted.json))
    // A save that ends after the next change says nothing of what is on screen now.
    if (wanted !== this.#wanted) return
    this.#end(refusal)
    if (refusal === null) return
    wanted.isSent = false
    this.#timer = setTimeout(() => void this.#save(wanted), retry)
  }

  #end(refusal: string | null): void {
    const failedBefore = this.#state === 'failed'
    this.#state = refusal === null ? 'saved' : 'failed'
    if (failedBefore !== (refusal !== null)) this.tell(refusal)
  }
}

function jsonOf(session: Session | null): string | null {
  return session && JSON.stringify(session)
}
