import { metrics, type Display } from './display'
import { drawing, type Drawing } from './drawing'
import { shifted, shiftedTarget } from './small-multiples'

/** Two pictures side by side; the left one takes `share` of the width. */
export function beside<Datum>(
  left: (display: Display) => Drawing<Datum>,
  right: (display: Display) => Drawing<Datum>,
  share: number,
  display: Display,
): Drawing<Datum> {
  const gap = 12 * metrics(display).unit
  const width = Math.max(Math.round((display.width - gap) * share), 1)
  const x = width + gap
  const first = left({ ...display, width })
  const second = right({ ...display, width: Math.max(display.width - x, 1) })
  return drawing(
    display,
    [...first.marks, ...second.marks.map((mark) => shifted(mark, x, 0))],
    [...first.targets, ...second.targets.map((target) => shiftedTarget(target, x, 0))],
  )
}
