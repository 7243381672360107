import { refusalOf } from '../../contract/failure'

/** A pause after a change, so that typing is saved once; in milliseconds. */
const pause = 250
/** When a save that failed is tried again: a full disk may have room by then. */
const retry = 5000

/** Keeps the session on the disk, and knows whether what is there is what is on screen. */
export class Autosave {
  #state = $state<'saved' | 'saving' | 'failed'>('saved')

  /** `tell` is given why saving fails, once for each run of failures, and null when it works again. */
  constructor(
    private readonly write: (json: string) => Promise<void>,
    private readonly tell: (sentence: string | null) => void,
  ) {}

  get state(): 'saved' | 'saving' | 'failed' {
    return this.#state
  }

  /** Saves a session soon, and again until that succeeds; returns how to give it up for a newer one. */
  keep(json: string): () => void {
    let changed = false
    let timer: ReturnType<typeof setTimeout>
    const save = async () => {
      const refusal = await refusalOf(this.write(json))
      // A save that ends after the next change says nothing of what is on screen now.
      if (changed) return
      this.#end(refusal)
      if (refusal !== null) timer = setTimeout(() => void save(), retry)
    }
    if (this.#state === 'saved') this.#state = 'saving'
    timer = setTimeout(() => void save(), pause)
    return () => {
      changed = true
      clearTimeout(timer)
    }
  }

  #end(refusal: string | null): void {
    const failedBefore = this.#state === 'failed'
    this.#state = refusal === null ? 'saved' : 'failed'
    if (failedBefore !== (refusal !== null)) this.tell(refusal)
  }
}
