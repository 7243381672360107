import type { Display } from '../drawing/display'
import type { Mark } from '../drawing/drawing'
import { penOf } from '../drawing/pen'
import type { CircleInput, CircleStage } from './circle-input'

/** Where a stage is drawn. */
export interface Disc {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Whether it is the one that is read: with digits, and its figures below. */
  readonly large: boolean
}

/** What the ring and the dot are: which runs of the sum on screen. */
export function circleLegend({ clean, now }: CircleInput['names']): string {
  const ring = clean === 'clean' ? '○ this sum' : `○ this sum, ${clean}`
  return now === clean ? ring : `${ring}  ● ${now}`
}

/** Hollow: clean; filled: now; a dashed line between them where they differ. */
export function circleHere(
  { clean, now }: CircleStage,
  { x, y, radius, large }: Disc,
  scale: number,
  display: Display,
): Mark[] {
  const { unit, acc, panel, rule } = penOf(display)
  const at = ([left, up]: readonly [number, number]) => {
    // What stands outside the disc is drawn on its edge.
    const out = Math.min(1, radius / Math.max(Math.hypot(left, up) * scale, 1e-9))
    return { x: x + left * scale * out, y: y - up * scale * out }
  }
  if (Number.isNaN(clean[0])) return []
  const [from, to] = [at(clean), at(now)]
  const moved = Math.hypot(from.x - to.x, from.y - to.y) > 0.5
  const r = (large ? 5 : 3.5) * unit
  const ring = { kind: 'circle', ...from, radius: r, stroke: acc, strokeWidth: 2 * unit } as const
  if (!moved) return [ring]
  return [
    { ...rule([from.x, from.y], [to.x, to.y], acc, 1.5 * unit), dash: [3 * unit, 3 * unit] },
    { ...ring, fill: panel },
    { kind: 'circle', ...to, radius: r, fill: acc, stroke: panel, strokeWidth: unit },
  ]
}
