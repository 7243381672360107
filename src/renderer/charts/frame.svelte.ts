/** The place that a picture fills, kept up to date: its size in CSS pixels and the screen's pixels for each of them. */
export class Frame {
  #size = $state.raw({ width: 0, height: 0 })
  #pixelRatio = $state(1)

  get size(): { readonly width: number; readonly height: number } {
    return this.#size
  }

  get pixelRatio(): number {
    return this.#pixelRatio
  }

  /** To be attached to the element whose content box is filled. */
  readonly measure = (element: HTMLElement): (() => void) => {
    const read = (width: number, height: number) => {
      this.#size = { width, height }
      this.#pixelRatio = window.devicePixelRatio
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry) read(entry.contentRect.width, entry.contentRect.height)
    })
    read(element.clientWidth, element.clientHeight)
    observer.observe(element)
    return () => observer.disconnect()
  }
}
