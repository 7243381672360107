import { metrics, tokensOf, type Display } from '../drawing/display'
import type { Drawing, Mark } from '../drawing/drawing'
import { cycleColors } from '../drawing/palette'
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
  const { unit, strong } = metrics(display)
  const { line, acc, ink, panel } = tokensOf(display)
  const { width, height } = display
  const middle = { x: width / 2, y: height / 2 }
  // No place has been measured yet where there is no room.
  const radius = Math.max(0, Math.min(width, height) / 2 - 2 * unit)
  const scale = (0.92 * radius) / reach
  const at = (x: number, y: number) => {
    const inside = Math.min(1, radius / Math.max(Math.hypot(x, y) * scale, 1e-9))
    return { x: middle.x + x * scale * inside, y: middle.y - y * scale * inside }
  }
  if (!cloud) {
    return {
      width,
      height,
      targets: [],
      marks: [{ kind: 'circle', ...middle, radius, stroke: line, strokeWidth: unit }],
    }
  }
  const places: number[][] = Array.from({ length: 10 }, () => [])
  for (let point = 0; point < cloud.answer.length; point++) {
    const [x, y] = [cloud.points[2 * point]!, cloud.points[2 * point + 1]!]
    if (Number.isNaN(x)) continue
    const place = at(x, y)
    places[cloud.answer[point]!]!.push(place.x, place.y)
  }
  const colors = cycleColors(display)
  const dots = places.map((digit, index): Mark => {
    return { kind: 'points', places: digit, size: (named ? 2.6 : 1.8) * unit, fill: colors[index]!, opacity: 0.85 }
  })
  return {
    width,
    height,
    targets: [],
    marks: [
      { kind: 'circle', ...middle, radius, stroke: line, strokeWidth: unit },
      ...dots,
      ...(named ? names() : []),
      ...(here ? ring(here) : []),
    ],
  }

  /** Where the circle has opened: digits on top of each other say nothing. */
  function names(): Mark[] {
    return Array.from({ length: 10 }, (_, digit): Mark | null => {
      const [x, y] = [cloud!.centroid[2 * digit]!, cloud!.centroid[2 * digit + 1]!]
      const length = Math.hypot(x, y)
      if (Number.isNaN(length) || length < 0.25 * reach) return null
      const inner = 0.74
      return {
        kind: 'text',
        ...at(x * inner, y * inner),
        text: String(digit),
        size: strong,
        weight: 650,
        fill: ink,
        anchor: 'middle',
        halo: panel,
      }
    }).filter((mark) => mark !== null)
  }

  function ring([x, y]: readonly [number, number]): Mark[] {
    const place = at(x, y)
    return [
      { kind: 'circle', ...place, radius: 6 * unit, stroke: panel, strokeWidth: 4 * unit },
      { kind: 'circle', ...place, radius: 6 * unit, stroke: acc, strokeWidth: 2.5 * unit },
    ]
  }
}
