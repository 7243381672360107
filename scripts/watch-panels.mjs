/**
 * In the page: notes when the canvases that are about one sum were painted after a key: all that are not ECharts', which are
 * marked, and of those the attribution's. It notes by itself: who asks from outside may come later than the frame.
 */
export function watchPanels() {
  const { clearRect } = CanvasRenderingContext2D.prototype
  const request = requestAnimationFrame
  let latest = null
  let painted = new Set()
  let waiting = []
  let inFrame = false
  /** Whether the last paint is seen with the frame that was being made then, or only with the one after it. */
  let seenAtOnce = false
  addEventListener(
    'keydown',
    (event) => {
      painted = new Set()
      latest = drawnSince(event.timeStamp)
    },
    true,
  )
  globalThis.requestAnimationFrame = (callback) =>
    request((time) => {
      inFrame = true
      try {
        callback(time)
      } finally {
        inFrame = false
      }
    })
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clearRect.apply(this, box)
    if (!this.canvas.isConnected) return
    painted.add(this.canvas)
    seenAtOnce = inFrame
    for (const look of waiting.splice(0)) look()
  }
  const heading = (canvas) => canvas.closest('section')?.querySelector('h2')?.textContent ?? ''
  const isLive = (canvas) => canvas.dataset.zrDomId === undefined || heading(canvas).startsWith('Logit attribution')
  const panels = () => [...document.querySelectorAll('canvas')].filter(isLive)
  const engine = () => Number(/engine ([\d.]+) ms/.exec(document.querySelector('footer')?.textContent ?? '')?.[1])
  const allPainted = () => panels().length >= 9 && panels().every((canvas) => painted.has(canvas))
  const allDrawn = async () => {
    while (!allPainted()) await new Promise((resolve) => waiting.push(resolve))
  }
  /** Until the frame is made that shows what was painted. */
  const shown = async () => {
    if (!seenAtOnce) await new Promise(request)
    await new Promise((resolve) => setTimeout(resolve))
  }
  const drawnSince = async (start) => {
    await allDrawn()
    const painting = performance.now() - start
    await shown()
    return { total: performance.now() - start, painting, engine: engine() }
  }
  /** Of what the last key changed, or, before any, of the page. */
  const drawn = () => latest ?? drawnSince(0)
  // Unlike the digit that it replaces, and low enough for the first of an operand.
  const nextDigit = () => String((Number(document.activeElement.textContent) + 2) % 5)
  const type = async (count) => {
    for (let index = 0; index < count; index++) {
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: nextDigit(), bubbles: true, cancelable: true }),
      )
      await allDrawn()
      // The digit, and the focus on the next cell, may be there only with the frame after: the digit before would be typed once more.
      await new Promise(request)
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  globalThis.panels = { drawn, nextDigit, type }
}
