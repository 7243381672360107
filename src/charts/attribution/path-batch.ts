import type { Tensor } from '../../core/tensor'
import { polarGrid } from '../kinds/arrow-plot'
import { degrees, degreesText } from '../kinds/digit-waves'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { metrics, type Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { cycleColors, symmetricLimit } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { shifted, smallMultiples } from '../drawing/small-multiples'
import type { Table } from '../drawing/table'

/**
 * Which way each path turns the answer, over many sums: a polar plot for each path, with a point for each sum. Angle and
 * distance are phase and magnitude (logits) of frequency 1 of what the path adds to the ten digits, and the colour is the
 * right digit: a path that always adds the same is one heap, one that carries the answer is a ring in the order of colours.
 * How far out the ring is stands after the path's name.
 */
export interface PathBatchInput {
  readonly magnitude: Tensor<readonly ['component', 'digit', 'example']>
  /** Radians. */
  readonly phase: Tensor<readonly ['component', 'digit', 'example']>
  /** Answer digit, 0 is C0. */
  readonly focus: number
  /** Whether each plot has its own scale, or all the same, which tells large paths from small. */
  readonly scale: PathScale
}

export const pathScales = ['own scale', 'same scale'] as const
export type PathScale = (typeof pathScales)[number]

/** One path in one sum. */
export interface PathPoint {
  readonly component: string
  /** `2968+1606=4574`. */
  readonly sum: string
  readonly right: number
  /** Logits. */
  readonly magnitude: number
  /** Radians. */
  readonly phase: number
}

export function pathBatchDrawing(input: PathBatchInput, display: Display): Drawing<PathPoint> {
  const components = input.magnitude.labels.component ?? []
  const paths = components.map((_, component) => pathPoints(input, component))
  const largest = (points: readonly PathPoint[]) => {
    const magnitudes = points.map(({ magnitude }) => magnitude)
    return symmetricLimit(magnitudes, 2)
  }
  const common = Math.max(...paths.map(largest), 0)
  const multiples = paths.map((points, component) => {
    const limit = input.scale === 'same scale' ? common : largest(points)
    return {
      name: components[component]!,
      remark: input.scale === 'own scale' || component === 0 ? `○ ${limit}` : '',
      draw: (part: Display) => polarPlot(points, limit, part),
    }
  })
  const above = 20 * metrics(display).unit
  const below = { ...display, height: Math.max(display.height - above, 1) }
  const { marks, targets } = smallMultiples(multiples, roundestColumns(multiples.length, below), below)
  return drawing(
    display,
    [...legend(display), ...marks.map((mark) => shifted(mark, 0, above))],
    targets.map((target) => ({ ...target, y: target.y + above })),
  )
}

/** The ten digits in their colours. */
function legend(display: Display): Mark[] {
  const { unit, ink3, text } = penOf(display)
  const digits = cycleColors(display).map((fill, digit) =>
    text((66 + 13 * digit) * unit, 7 * unit, String(digit), { font: 'mono', weight: 700, fill }),
  )
  return [text(0, 7 * unit, 'right digit', { fill: ink3 }), ...digits]
}

/** As many plots side by side as make the circles largest. */
function roundestColumns(plots: number, { width, height }: Display): number {
  const radius = (columns: number) => Math.min(width / columns, height / Math.ceil(plots / columns) - 28)
  const counts = Array.from({ length: Math.max(plots, 1) }, (_, index) => index + 1)
  return counts.reduce((best, columns) => (radius(columns) > radius(best) ? columns : best))
}

function polarPlot(points: readonly PathPoint[], limit: number, display: Display): Drawing<PathPoint> {
  const { unit } = metrics(display)
  const [x, y] = [display.width / 2, display.height / 2]
  const radius = Math.max(Math.min(x, y) - 2 * unit, 1)
  const placeOf = ({ magnitude, phase }: PathPoint) => {
    const distance = (magnitude / limit) * radius
    return { x: x + distance * Math.cos(phase), y: y - distance * Math.sin(phase) }
  }
  const clouds = cycleColors(display).map((fill) => ({ fill, places: [] as number[] }))
  const reach = 2.5 * unit
  const targets: Target<PathPoint>[] = []
  // One pass: there are tens of thousands of points.
  for (const datum of points) {
    const place = placeOf(datum)
    if (Number.isNaN(place.x)) continue
    clouds[datum.right]?.places.push(place.x, place.y)
    targets.push({ x: place.x - reach, y: place.y - reach, width: 2 * reach, height: 2 * reach, datum })
  }
  const marks = clouds.map(({ fill, places }): Mark => {
    return { kind: 'points', places, size: 2 * unit, fill, opacity: 0.8 }
  })
  return drawing(display, [...polarGrid({ x, y, radius }, display), ...marks], targets)
}

/** The points of one path at the focus digit, sum by sum. */
export function pathPoints({ magnitude, phase, focus }: PathBatchInput, component: number): PathPoint[] {
  const [, digits, examples] = magnitude.shape as [number, number, number]
  const start = (component * digits + focus) * examples
  return Array.from({ length: examples }, (_, example) => {
    const sum = magnitude.labels.example?.[example] ?? ''
    return {
      component: magnitude.labels.component![component]!,
      sum,
      right: Number(sum.at(focus - digits)),
      magnitude: magnitude.data[start + example]!,
      phase: phase.data[start + example]!,
    }
  })
}

export function pathNote({ component, sum, right, magnitude, phase }: PathPoint): Note {
  return {
    subject: `${component}, ${sum}`,
    lines: [
      { label: 'right digit', value: String(right) },
      { label: 'magnitude', value: `${decimalText(magnitude, 1)} logits` },
      { label: 'phase', value: degreesText(phase) },
    ],
  }
}

/** One line for each path: its mean size, and how much its arrows agree (1: all the same way, 0: they cancel). */
export function pathTable(input: PathBatchInput): Table {
  const rows = (input.magnitude.labels.component ?? []).map((component, index) => {
    const points = pathPoints(input, index)
    const mean = (of: (point: PathPoint) => number) =>
      points.reduce((total, point) => total + of(point), 0) / points.length
    const along = (of: (angle: number) => number) => mean(({ magnitude, phase }) => magnitude * of(phase))
    const [x, y] = [along(Math.cos), along(Math.sin)]
    const size = mean(({ magnitude }) => magnitude)
    return [component, size, degrees(Math.atan2(y, x)), Math.hypot(x, y) / size]
  })
  const columns = ['path', 'mean magnitude', 'phase of the mean arrow', 'agreement, 0 to 1']
  const units = ['', 'logits', 'degrees', '']
  return { caption: `Frequency 1 of each path’s attribution at C${input.focus}`, columns, units, rows }
}
