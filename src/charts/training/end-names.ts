import { metrics, tokensOf, type Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { valueAt, type Curves } from './curves'

/** From one name to the next, in Explore's pixels. */
const apart = 14

/** Each curve's last value and its name, at the right of the plot as high as the curve ends, or as near to that as others leave room. */
export function endNames({ curves, scale, textOf }: Curves, last: number, box: Box, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ink, ink2, panel } = tokensOf(display)
  const ends = curves
    .map((curve) => ({ name: curve.name, value: valueAt(curve, last) }))
    .filter(({ value }) => !Number.isNaN(value))
    .map((end) => ({ ...end, y: box.y + (1 - scale.place(end.value)) * box.height }))
    .toSorted((one, other) => one.y - other.y)
  const rows = spread(
    ends.map(({ y }) => y),
    apart * unit,
    box.y + box.height,
  )
  const left = box.x + box.width + 8 * unit
  return ends.flatMap(({ name, value }, index): Mark[] => {
    const at = { y: rows[index]!, size, halo: panel }
    return [
      { kind: 'text', ...at, x: left, text: name, fill: ink2 },
      { kind: 'text', ...at, x: display.width, text: textOf(value), fill: ink, weight: 650, anchor: 'end' },
    ]
  })
}

/** Places in order, moved down where they would be nearer than `gap`, and up again where they would end below `bottom`. */
function spread(places: readonly number[], gap: number, bottom: number): number[] {
  const rows = [...places]
  for (let row = 1; row < rows.length; row++) rows[row] = Math.max(rows[row]!, rows[row - 1]! + gap)
  for (let row = rows.length - 1, low = bottom; row >= 0; row--, low -= gap) rows[row] = Math.min(rows[row]!, low)
  return rows
}
