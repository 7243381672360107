import type { BrowserWindow, Rectangle } from 'electron'

/** Where a window was left. */
export interface WindowPlace {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

/** Reads a saved place; null where it is not one or where none of the displays shows it any more. */
export function parsePlace(json: string | null, displays: readonly Rectangle[]): WindowPlace | null {
  try {
    const place: unknown = JSON.parse(json ?? 'null')
    if (!isPlace(place)) return null
    return displays.some((display) => overlap(display, place.bounds)) ? place : null
  } catch {
    return null
  }
}

/** The place to save. A maximized window keeps the bounds that it would be restored to. */
export function placeOf(window: BrowserWindow, restored: Rectangle): WindowPlace {
  const maximized = window.isMaximized()
  return { bounds: maximized || window.isFullScreen() ? restored : window.getBounds(), maximized }
}

/** Bounds that a display shows: those that are given or, where no display shows them any more, as large in the middle of the first. */
export function visibleBounds(bounds: Rectangle, displays: readonly Rectangle[]): Rectangle {
  const [first] = displays
  if (!first || displays.some((display) => overlap(display, bounds))) return bounds
  const [width, height] = [Math.min(bounds.width, first.width), Math.min(bounds.height, first.height)]
  const x = first.x + Math.round((first.width - width) / 2)
  const y = first.y + Math.round((first.height - height) / 2)
  return { x, y, width, height }
}

function isPlace(value: unknown): value is WindowPlace {
  if (typeof value !== 'object' || value === null || !('bounds' in value) || !('maximized' in value)) return false
  const { bounds, maximized } = value
  if (typeof maximized !== 'boolean' || typeof bounds !== 'object' || bounds === null) return false
  return ['x', 'y', 'width', 'height'].every((key) => Number.isInteger(Reflect.get(bounds, key)))
}

/** Whether enough of a window's top edge is on a display to take hold of it. */
function overlap(display: Rectangle, window: Rectangle): boolean {
  const across = Math.min(display.x + display.width, window.x + window.width) - Math.max(display.x, window.x)
  return across >= 100 && window.y >= display.y && window.y < display.y + display.height - 50
}
