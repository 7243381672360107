import { spreadOut } from '../drawing/axis-names'
import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { penOf } from '../drawing/pen'
import { valueAt, type Curves } from './curves'

/** From one name to the next, in Explore's pixels. */
const apart = 14

/** Each curve's last value and its name, at the right of the plot as high as the curve ends, or as near to that as others leave room. */
export function endNames({ curves, scale, textOf }: Curves, last: number, box: Box, display: Display): Mark[] {
  const { unit, ink, panel: halo, text } = penOf(display)
  const ends = curves
    .map((curve) => ({ name: curve.name, value: valueAt(curve, last) }))
    .filter(({ value }) => !Number.isNaN(value))
    .map((end) => ({ ...end, y: box.y + (1 - scale.place(end.value)) * box.height }))
    .toSorted((one, other) => one.y - other.y)
  const heights = ends.map(({ y }) => y)
  const rows = spreadOut(heights, apart * unit, box.y + box.height)
  const left = box.x + box.width + 8 * unit
  return ends.flatMap(({ name, value }, index): Mark[] => [
    text(left, rows[index]!, name, { halo }),
    text(display.width, rows[index]!, textOf(value), { fill: ink, halo, weight: 650, anchor: 'end' }),
  ])
}
