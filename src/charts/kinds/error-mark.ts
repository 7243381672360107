import { asideOf, type CarryGroup } from '../carry/carry-group'
import type { Mark } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { placeIn, type Plot } from './key-plot'

/**
 * A mean with its spread: ▲ for sums with a carry, ○ for those without, on a line from mean - sd to mean + sd, cut to 0..1.
 * The groups differ by shape, never by fill: fill says clean or intervened elsewhere.
 */
export function errorMarks(
  plot: Plot,
  { group, key, mean, spread }: { group: CarryGroup; key: number; mean: number; spread: number },
  display: Display,
): Mark[] {
  const { unit } = metrics(display)
  const { ink, ink2, panel } = tokensOf(display)
  const reach = 4 * unit
  const middle = placeIn(plot, key, mean)
  const [x, y] = [middle.x + asideOf(group, display), middle.y]
  const [low, high] = [mean - spread, mean + spread].map((end) => placeIn(plot, key, end).y) as [number, number]
  const line = { stroke: group === 'carry' ? ink : ink2, strokeWidth: 1.5 * unit }
  return [
    { kind: 'lines', paths: [[x, low, x, high]], ...line },
    group === 'carry'
      ? { kind: 'lines', paths: [[x, y - reach, x + reach, y + reach, x - reach, y + reach]], closed: true, fill: ink }
      : { kind: 'circle', x, y, radius: reach - 0.5 * unit, fill: panel, ...line },
  ]
}
