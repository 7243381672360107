import type { Display } from './display'
import { drawing, type Drawing, type Mark, type Target } from './drawing'
import { penOf } from './pen'

/** One picture among equals, with its name above it. */
export interface Multiple<Datum> {
  readonly name: string
  /** What stands after the name, quieter, where there is room. */
  readonly remark?: string
  readonly draw: (display: Display) => Drawing<Datum>
}

/** How far apart the pictures stand, in Explore's pixels. */
const gap = 12
/** The height of a name. */
const heading = 16

/** Pictures of one size in rows of so many, in reading order. */
export function smallMultiples<Datum>(
  multiples: readonly Multiple<Datum>[],
  columns: number,
  display: Display,
): Drawing<Datum> {
  const { unit, label, ink, ink3, text } = penOf(display)
  const rows = Math.max(Math.ceil(multiples.length / columns), 1)
  const share = { x: (display.width + gap * unit) / columns, y: (display.height + gap * unit) / rows }
  const size = {
    width: Math.max(share.x - gap * unit, 1),
    height: Math.max(share.y - (gap + heading) * unit, 1),
  }
  const placed = multiples.map(({ name, remark, draw }, index) => {
    const [x, y] = [(index % columns) * share.x, Math.floor(index / columns) * share.y]
    const { marks, targets } = draw({ ...display, ...size })
    const title = [text(x, y + 7 * unit, name, { font: 'mono', size: label + unit, fill: ink, weight: 650 })]
    const after = x + (name.length * 0.62 * (label + unit) + 8 * unit)
    const isRoom = after + (remark ?? '').length * 0.62 * label <= x + size.width
    if (remark && isRoom) title.push(text(after, y + 7 * unit, remark, { fill: ink3 }))
    const below = y + heading * unit
    return {
      marks: [...title, ...marks.map((mark) => shifted(mark, x, below))],
      targets: targets.map((target) => shiftedTarget(target, x, below)),
    }
  })
  return drawing(
    display,
    placed.flatMap(({ marks }) => marks),
    placed.flatMap(({ targets }) => targets),
  )
}

/** The same mark elsewhere. */
export function shifted(mark: Mark, x: number, y: number): Mark {
  if (mark.kind !== 'lines' && mark.kind !== 'points') return { ...mark, x: mark.x + x, y: mark.y + y }
  const path = (values: readonly number[]) => values.map((value, index) => value + (index % 2 === 0 ? x : y))
  return mark.kind === 'lines' ? { ...mark, paths: mark.paths.map(path) } : { ...mark, places: path(mark.places) }
}

/** The same target elsewhere. */
export function shiftedTarget<Datum>(target: Target<Datum>, x: number, y: number): Target<Datum> {
  const moved = { ...target, x: target.x + x, y: target.y + y }
  if (!target.stroke) return moved
  const [x1, y1, x2, y2] = target.stroke
  return { ...moved, stroke: [x1 + x, y1 + y, x2 + x, y2 + y] }
}
