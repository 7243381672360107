import { zoomOf } from './zoom-of'

/** How long the pointer rests on a control before it is explained. */
const restMs = 400
const distance = 8

/**
 * Explains controls in the window's own design: the text of a `data-hint` shows when the pointer rests on the element or the
 * keyboard comes to it, and goes with either, or by Esc. With `data-hint-clipped` it shows only where the element's own text is
 * cut short. One box serves the whole window. To be attached to the document.
 */
export function hints(target: Document): () => void {
  const box = target.createElement('div')
  box.id = 'control-hint'
  box.role = 'tooltip'
  box.popover = 'manual'
  target.body.append(box)
  let shown: HTMLElement | null = null
  let timer = 0

  const hide = () => {
    clearTimeout(timer)
    if (shown?.getAttribute('aria-describedby') === box.id) shown.removeAttribute('aria-describedby')
    if (shown) box.hidePopover()
    shown = null
  }

  const show = (element: HTMLElement) => {
    hide()
    const text = element.dataset['hint']
    const whole = element.dataset['hintClipped'] !== undefined && element.scrollWidth <= element.clientWidth
    if (!text || whole || !element.isConnected) return
    shown = element
    box.textContent = text
    box.showPopover()
    if (!element.hasAttribute('aria-describedby')) element.setAttribute('aria-describedby', box.id)
    place(box, element)
  }

  const over = (event: PointerEvent) => {
    const element = hinted(event.target)
    if (element !== null && element === shown) return
    hide()
    if (element) timer = window.setTimeout(() => show(element), restMs)
  }
  const focused = (event: FocusEvent) => {
    const element = hinted(event.target)
    if (element?.matches(':focus-visible')) show(element)
    else hide()
  }
  const pressed = (event: KeyboardEvent) => {
    if (shown && event.key === 'Escape') event.stopPropagation()
    if (event.key === 'Escape') hide()
  }

  const listening = new AbortController()
  const options = { capture: true, signal: listening.signal }
  target.addEventListener('pointerover', over, options)
  target.addEventListener('pointerdown', hide, options)
  target.addEventListener('focusin', focused, options)
  target.addEventListener('focusout', hide, options)
  target.addEventListener('keydown', pressed, options)
  return () => {
    listening.abort()
    hide()
    box.remove()
  }
}

function hinted(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null
}

/** Below the element, above where there is no room, and never outside the window. */
function place(box: HTMLElement, element: HTMLElement): void {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const zoom = zoomOf(element)
  box.style.zoom = `${zoom}`
  const { width, height } = box.getBoundingClientRect()
  const x = Math.min(Math.max((left + right - width) / 2, 4), window.innerWidth - width - 4)
  const below = bottom + distance
  const y = below + height > window.innerHeight ? top - distance - height : below
  box.style.left = `${x / zoom}px`
  box.style.top = `${Math.max(y, 4) / zoom}px`
}
