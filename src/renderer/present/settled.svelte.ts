import { afterFrame } from '../parts/in-turn'

/** How long a state is waited for in vain, in milliseconds, as in a window that is closed or still computes it. */
const patience = 400

/**
 * Which state is on, told once it is on the screen in every window of the talk: only then is anything done for the next one, so that
 * no work stands between a key and what it shows. To be made once, while a component is being set up.
 */
export class Settled {
  #index = $state(-1)

  constructor(now: () => number, isShown: () => boolean) {
    $effect(() => {
      const index = now()
      const settle = () => {
        this.#index = index
      }
      if (isShown()) return afterFrame(settle)
      const timer = setTimeout(settle, patience)
      return () => clearTimeout(timer)
    })
  }

  get index(): number {
    return this.#index
  }
}
