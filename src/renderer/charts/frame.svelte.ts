import { inTurn } from '../parts/in-turn'

/** WebKit does not tell; a served page may be opened in it. */
const tellsDevicePixels =
  typeof ResizeObserverEntry !== 'undefined' && 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype

/**
 * The place that a picture fills, kept up to date: its size in CSS pixels and the screen's pixels for each of them. It is first
 * known within the frame in which the place appears, once all of the page is laid out: to ask for it any sooner would have the
 * page laid out once for every picture.
 */
export class Frame {
  #size = $state.raw({ width: 0, height: 0 })
  #pixelRatio = $state(1)
  #cancel: () => void = () => undefined

  /** `apart`: its first size is told in a task of its own, so that pictures that appear in one frame are not all drawn in one task. */
  constructor(private readonly apart = false) {}

  get size(): { readonly width: number; readonly height: number } {
    return this.#size
  }

  get pixelRatio(): number {
    return this.#pixelRatio
  }

  /** To be attached to the element whose content box is filled. */
  readonly measure = (element: HTMLElement): (() => void) => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      const ratio = width > 0 ? devicePixels(element, entry!) / width : this.#pixelRatio
      this.#cancel()
      if (this.apart && this.#size.width === 0) this.#cancel = inTurn(() => this.#tell(width, height, ratio))
      else this.#tell(width, height, ratio)
    })
    observer.observe(element, { box: tellsDevicePixels ? 'device-pixel-content-box' : 'content-box' })
    return () => {
      this.#cancel()
      observer.disconnect()
    }
  }

  #tell(width: number, height: number, ratio: number): void {
    if (width !== this.#size.width || height !== this.#size.height) this.#size = { width, height }
    this.#pixelRatio = ratio
  }
}

/** How many of the screen's pixels an element is wide, with the window's zoom and the page's own. */
function devicePixels(element: HTMLElement, entry: ResizeObserverEntry): number {
  const told = tellsDevicePixels ? entry.devicePixelContentBoxSize[0]!.inlineSize : 0
  // What is told leaves out an emulated screen.
  return Math.max(told, Math.round(element.getBoundingClientRect().width * window.devicePixelRatio))
}
