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
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      this.#size = { width, height }
      // Counts the window's zoom and the page's own.
      if (width > 0) this.#pixelRatio = entry!.devicePixelContentBoxSize[0]!.inlineSize / width
    })
    this.#size = { width: element.clientWidth, height: element.clientHeight }
    this.#pixelRatio = window.devicePixelRatio
    observer.observe(element, { box: 'device-pixel-content-box' })
    return () => observer.disconnect()
  }
}
