import type { Display } from '../drawing/display'
import { drawing, type Circle as CircleMark, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'

/**
 * Waves as arrows from the middle of a circle: the length is the magnitude, the angle the phase, counter-clockwise from the
 * right. The rim stands for `limit`; what has no magnitude or none that is a number is left out.
 */
export interface ArrowPlot<Datum> {
  readonly arrows: readonly Arrow<Datum>[]
  readonly limit: number
  readonly unit: string
}

export interface Arrow<Datum> {
  /** Beside its tip; empty where the colour tells enough. */
  readonly name: string
  readonly magnitude: number
  /** Radians. */
  readonly phase: number
  readonly color: string
  /** `tip`: its end alone, as a dot. `aim`: a dashed line that only has a direction. */
  readonly form?: 'arrow' | 'bold' | 'tip' | 'aim'
  readonly datum: Datum
}

type Circle = Pick<CircleMark, 'x' | 'y' | 'radius'>

interface Placed<Datum> {
  readonly arrow: Arrow<Datum>
  readonly x: number
  readonly y: number
}

export function arrowPlotDrawing<Datum>(plot: ArrowPlot<Datum>, display: Display): Drawing<Datum> {
  const { unit, label } = penOf(display)
  const [x, y] = [display.width / 2, (display.height + 2 * unit) / 2]
  // Beside the rim there is room for names.
  const widest = Math.max(...plot.arrows.map(({ name }) => name.length), 1) * 0.62 * label
  const circle = { x, y, radius: Math.max(Math.min(x - widest - 6 * unit, y - 18 * unit), 1) }
  const placed = plot.arrows.flatMap((arrow): Placed<Datum>[] => {
    const length = Math.min(arrow.magnitude / plot.limit, 1) * circle.radius
    const end = { x: x + length * Math.cos(arrow.phase), y: y - length * Math.sin(arrow.phase) }
    return Number.isFinite(end.x + end.y) && arrow.magnitude > 0 ? [{ arrow, ...end }] : []
  })
  return drawing(
    display,
    [
      ...frame(plot, circle, display),
      ...placed.flatMap((one) => arrowMarks(one, circle, display)),
      ...nameMarks(placed, circle, display),
    ],
    placed.map((one) => targetOf(one, circle, unit)),
  )
}

/** A rim, half of it, and a cross through the middle. */
export function polarGrid({ x, y, radius }: Circle, display: Display): Mark[] {
  const { line: stroke, unit: strokeWidth } = penOf(display)
  const paint = { stroke, strokeWidth }
  const paths = [
    [x - radius, y, x + radius, y],
    [x, y - radius, x, y + radius],
  ]
  return [
    { kind: 'circle', x, y, radius, ...paint },
    { kind: 'circle', x, y, radius: radius / 2, ...paint },
    { kind: 'lines', paths, ...paint },
  ]
}

function frame<Datum>({ limit, unit: measure }: ArrowPlot<Datum>, { x, y, radius }: Circle, display: Display): Mark[] {
  const { unit, ink3, panel, text } = penOf(display)
  const words = `rim ${decimalText(limit, limit < 1 ? 2 : limit % 1 === 0 ? 0 : 1)} ${measure}`.trim()
  return [
    ...polarGrid({ x, y, radius }, display),
    text(0, display.height - 7 * unit, words, { fill: ink3, halo: panel }),
  ]
}

function arrowMarks<Datum>({ arrow, x, y }: Placed<Datum>, circle: Circle, display: Display): Mark[] {
  const { unit } = penOf(display)
  const { color, form = 'arrow' } = arrow
  if (form === 'tip') return [{ kind: 'circle', x, y, radius: 3.5 * unit, fill: color }]
  const stroke = { stroke: color, strokeWidth: (form === 'bold' ? 3 : form === 'aim' ? 1.5 : 2) * unit }
  const shaft = { kind: 'lines', paths: [[circle.x, circle.y, x, y]], ...stroke } as const
  if (form === 'aim') return [{ ...shaft, dash: [5 * unit, 4 * unit] }]
  const length = Math.hypot(x - circle.x, y - circle.y)
  const head = Math.min((form === 'bold' ? 11 : 8) * unit, length)
  const along = { x: ((x - circle.x) / length) * head, y: ((y - circle.y) / length) * head }
  const [baseX, baseY] = [x - along.x, y - along.y]
  const side = { x: along.y * 0.45, y: -along.x * 0.45 }
  const corners = [x, y, baseX + side.x, baseY + side.y, baseX - side.x, baseY - side.y]
  const paths = [[circle.x, circle.y, baseX + along.x / 2, baseY + along.y / 2]]
  return [
    { ...shaft, paths },
    { kind: 'lines', paths: [corners], closed: true, fill: color },
  ]
}

function targetOf<Datum>({ arrow, x, y }: Placed<Datum>, circle: Circle, unit: number): Target<Datum> {
  const { datum } = arrow
  const reach = 4 * unit
  if (arrow.form === 'tip') return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach, datum }
  return {
    x: Math.min(x, circle.x),
    y: Math.min(y, circle.y),
    width: Math.max(Math.abs(x - circle.x), 1),
    height: Math.max(Math.abs(y - circle.y), 1),
    stroke: [circle.x, circle.y, x, y],
    datum,
  }
}

/** How far beyond the tip a name may stand, in Explore's pixels, and turned by how much, in radians; the first is the best. */
const offsets = [9, 17, 25, 35].flatMap((distance) =>
  [0, 0.5, -0.5, 1, -1, 1.5, -1.5].map((turn) => ({ distance, turn })),
)

/** Names at the tips, the longest arrow's first, each where it covers no other. */
function nameMarks<Datum>(placed: readonly Placed<Datum>[], circle: Circle, display: Display): Mark[] {
  const { unit, label: size, panel, text } = penOf(display)
  const taken: { readonly x: number; readonly y: number; readonly half: number }[] = []
  const named = placed.filter(({ arrow }) => arrow.name !== '')
  const byLength = named.toSorted((one, other) => other.arrow.magnitude - one.arrow.magnitude)
  return byLength.flatMap(({ arrow, x, y }): Mark[] => {
    if (Math.hypot(x - circle.x, y - circle.y) < 6 * unit) return []
    const half = arrow.name.length * size * 0.31
    const candidates = offsets.map(({ distance, turn }) => {
      const reach = distance * unit + (half - size * 0.31) * Math.abs(Math.cos(arrow.phase + turn))
      const middle = { x: x + reach * Math.cos(arrow.phase + turn), y: y - reach * Math.sin(arrow.phase + turn) }
      return { x: within(middle.x, half, display.width), y: within(middle.y, size / 2, display.height), half }
    })
    const isFree = (place: (typeof candidates)[number]) =>
      taken.every((one) => Math.abs(one.x - place.x) >= one.half + place.half || Math.abs(one.y - place.y) >= size)
    const place = candidates.find(isFree) ?? candidates[0]!
    taken.push(place)
    const look = { fill: arrow.color, font: 'mono', weight: 700, anchor: 'middle', halo: panel } as const
    return [text(place.x, place.y, arrow.name, look)]
  })
}

/** A place that is `half` away from 0 and from an end. */
function within(place: number, half: number, end: number): number {
  return Math.max(Math.min(place, end - half), half)
}
