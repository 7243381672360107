import { inTurn } from './in-turn'

/** How far off the screen something is taken for near, as a share of the screen's height. */
const margin = '50% 0px'

/** Whether an element is on the screen or about to be: what is drawn in it need not exist before, nor after. */
export class Near {
  #near = $state(false)
  #cancel: () => void = () => undefined

  /** While `frozen`, as in a workspace that is out of sight, everything stays as it is. */
  constructor(private readonly frozen: () => boolean) {}

  get near(): boolean {
    return this.#near
  }

  /** To be attached to the element. */
  readonly watch = (element: HTMLElement): (() => void) => {
    const options = { rootMargin: margin, scrollMargin: margin }
    const observer = new IntersectionObserver((entries) => {
      const near = entries.at(-1)!.isIntersecting
      if (this.frozen()) return
      this.#cancel()
      if (near) this.#cancel = inTurn(() => (this.#near = true))
      else this.#near = false
    }, options)
    observer.observe(element)
    return () => {
      this.#cancel()
      observer.disconnect()
    }
  }
}
