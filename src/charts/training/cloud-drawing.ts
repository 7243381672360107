import type { Display } from '../drawing/display'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import { cycleColors } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import type { Cloud } from './cloud'

export interface CloudInput {
  /** Null while it is not known. */
  readonly cloud: Cloud | null
  /** What reaches the edge, the same for all that are compared. */
  readonly reach: number
  /** Where the sum on screen stands; null or absent for none. */
  readonly here?: readonly [number, number] | null
  /** Whether digits are written at their centroids. */
  readonly named?: boolean
}

/** A disc of points in the colours of their digits. What stands outside it is drawn on its edge. */
export function cloudDrawing({ cloud, reach, here, named = false }: CloudInput, display: Display): Drawing<never> {
  const { unit, line, acc, panel } = penOf(display)
  const { width, height } = display
  const middle = { x: width / 2, y: height / 2 }
  // No place has been measured yet where there is no room.
  const radius = Math.max(0, Math.min(width, height) / 2 - 2 * unit)
  const scale = (0.92 * radius) / reach
  const at: Placing = (x, y) => {
    const inside = Math.min(1, radius / Math.max(Math.hypot(x, y) * scale, 1e-9))
    return { x: middle.x + x * scale * inside, y: middle.y - y * scale * inside }
  }
  const ring = here ? ({ kind: 'circle', ...at(...here), radius: 6 * unit } as const) : null
  return drawing(
    display,
    [
      { kind: 'circle', ...middle, radius, stroke: line, strokeWidth: unit },
      ...(cloud ? dots(cloud, at, (named ? 2.6 : 1.8) * unit, display) : []),
      ...(cloud && named ? names(cloud, at, reach, display) : []),
      ...(cloud && ring ? [{ ...ring, stroke: panel, strokeWidth: 4 * unit }] : []),
      ...(cloud && ring ? [{ ...ring, stroke: acc, strokeWidth: 2.5 * unit }] : []),
    ],
    [],
  )
}

/** Where a point of the cloud is drawn. */
type Placing = (x: number, y: number) => { readonly x: number; readonly y: number }

function dots({ points, answer }: Cloud, at: Placing, size: number, display: Display): Mark[] {
  const places: number[][] = Array.from({ length: 10 }, () => [])
  for (let point = 0; point < answer.length; point++) {
    const [x, y] = [points[2 * point]!, points[2 * point + 1]!]
    if (Number.isNaN(x)) continue
    const place = at(x, y)
    places[answer[point]!]!.push(place.x, place.y)
  }
  const colors = cycleColors(display)
  return places.map((ofDigit, digit): Mark => {
    return { kind: 'points', places: ofDigit, size, fill: colors[digit]!, opacity: 0.85 }
  })
}

/** Where the circle has opened: digits on top of each other say nothing. */
function names({ centroid }: Cloud, at: Placing, reach: number, display: Display): Mark[] {
  const { strong: size, ink, panel, text } = penOf(display)
  const look = { size, weight: 650, fill: ink, anchor: 'middle', halo: panel } as const
  const inner = 0.74
  return Array.from({ length: 10 }, (_, digit): Mark[] => {
    const [x, y] = [centroid[2 * digit]!, centroid[2 * digit + 1]!]
    const length = Math.hypot(x, y)
    if (Number.isNaN(length) || length < 0.25 * reach) return []
    const place = at(x * inner, y * inner)
    return [text(place.x, place.y, String(digit), look)]
  }).flat()
}
