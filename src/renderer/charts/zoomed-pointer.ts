import { zoomOf } from '../parts/zoom-of'

/** What zrender takes for the pointer's place in its canvas, in the canvas's own pixels, where an event has it already. */
interface PlacedEvent extends MouseEvent {
  zrX?: number
  zrY?: number
}

const kinds = ['mousedown', 'mousemove', 'mouseup', 'mouseout', 'click', 'dblclick', 'wheel', 'mousewheel'] as const

/**
 * Tells zrender where the pointer is in a canvas that is drawn larger by CSS `zoom`: it would take the window's pixels, which is what
 * events there have as `offsetX`, for its own. Gives what ends it.
 */
export function placePointer(element: HTMLElement): () => void {
  let held = false
  const place = (event: Event) => {
    const inside = element.contains(event.target as Node | null)
    if (event.type === 'mousedown') held = inside
    const zoom = zoomOf(element)
    if (zoom === 1 || !(inside || held)) return
    const { left, top } = element.getBoundingClientRect()
    const pointer = event as PlacedEvent
    pointer.zrX = (pointer.clientX - left) / zoom
    pointer.zrY = (pointer.clientY - top) / zoom
    if (event.type === 'mouseup') held = false
  }
  // A drag goes on outside the canvas; zrender's own listeners come later, at the canvas or, outside it, at the document.
  for (const kind of kinds) window.addEventListener(kind, place, { capture: true, passive: true })
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, place, { capture: true })
  }
}
