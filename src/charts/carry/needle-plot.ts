import type { Display } from '../drawing/display'
import type { Box, Mark, Rect } from '../drawing/drawing'
import { penOf } from '../drawing/pen'
import type { Needle } from './needle-rows'

/** How much of a box a share of 1 takes above its middle, and as much below. */
const reach = 1 / 3

/** One needle: shares of the sums by attention, with a carry upwards and without downwards, and where this sum stands. */
export function needlePlot(needle: Needle, box: Box, display: Display): Mark[] {
  const { unit, solid, ink2, ctl, rule } = penOf(display)
  const { carry, none, unread } = needle
  const middle = box.y + box.height / 2
  const bin = box.width / carry.length
  const bars = (shares: ArrayLike<number>, up: boolean, look: Partial<Rect>): Mark[] =>
    Array.from(shares, (share, index): Mark | null => {
      // The height is the square root of the share, so that few sums are seen beside many.
      const height = Math.sqrt(share) * reach * box.height
      const place = { x: box.x + index * bin, y: up ? middle - height : middle, width: bin - 0.5 * unit, height }
      return height === 0 ? null : { kind: 'rect', ...place, ...look }
    }).filter((bar) => bar !== null)
  return [
    rule([box.x, middle], [box.x + box.width, middle], ctl),
    ...bars(carry, true, { fill: unread === null ? solid : ctl }),
    ...bars(none, false, { stroke: unread === null ? ink2 : ctl, strokeWidth: unit }),
    ...needles(needle, box, display),
  ]
}

/** This sum's attention: hollow and dashed in the clean run, filled in the run now where that differs. */
function needles({ clean, now }: Needle, box: Box, display: Display): Mark[] {
  const { unit, acc, panel } = penOf(display)
  const half = box.height / 2
  const [top, bottom] = [box.y + half - 1.15 * reach * box.height, box.y + half + 1.1 * reach * box.height]
  const side = 4 * unit
  const stroke = { stroke: acc, strokeWidth: 1.5 * unit }
  const needle = (value: number, filled: boolean): Mark[] => {
    const x = box.x + value * box.width
    const corners = [x - side, top - side, x + side, top - side, x, top + side]
    return [
      { kind: 'lines', paths: [[x, top, x, bottom]], ...stroke, ...(filled ? {} : { dash: [2 * unit, 2 * unit] }) },
      { kind: 'lines', paths: [corners], closed: true, ...stroke, fill: filled ? acc : panel },
    ]
  }
  const moved = Math.abs(now - clean) >= 0.0005
  return [...(Number.isNaN(clean) ? [] : needle(clean, false)), ...(moved ? needle(now, true) : [])]
}
