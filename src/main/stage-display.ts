import type { Rectangle } from 'electron'

/** A display as the system tells it. */
export interface AnyDisplay {
  readonly id: number
  readonly bounds: Rectangle
}

/** Where a Stage belongs: over all of a display, or in a window of the only one. */
export interface StagePlace {
  /** Which display, 1 is the first. */
  readonly number: number
  readonly display: AnyDisplay
  readonly bounds: Rectangle
  /** Whether it fills the display, without a frame. */
  readonly whole: boolean
}

/**
 * Where the Stage of a talk goes while the speaker's window is where it is: over the first other display; with one display in a window of
 * half its size in the lower right corner. Null without any display.
 */
export function stagePlace(displays: readonly AnyDisplay[], speaker: Rectangle): StagePlace | null {
  const other = displays.find(({ bounds }) => !isOn(bounds, speaker))
  if (other) return { number: displays.indexOf(other) + 1, display: other, bounds: other.bounds, whole: true }
  const [first] = displays
  if (!first) return null
  const { x, y, width, height } = first.bounds
  const [half, less] = [Math.round(width / 2), Math.round(height / 2)]
  return {
    number: 1,
    display: first,
    bounds: { x: x + width - half, y: y + height - less, width: half, height: less },
    whole: false,
  }
}

/** Whether the middle of a window is on a display. */
function isOn(display: Rectangle, window: Rectangle): boolean {
  const [x, y] = [window.x + window.width / 2, window.y + window.height / 2]
  return x >= display.x && x < display.x + display.width && y >= display.y && y < display.y + display.height
}
