import { lengthOf, type ClockArrow, type ClockChain } from './clock-chain'
import { onPicture, type ClockFit } from './clock-fit'
import { metrics, type Display } from '../drawing/display'
import type { Point } from './readout-plane'

/** Where an arrow's name goes: the middle of the text. */
export interface ClockLabel extends Point {
  readonly component: string
}

/** A stroke in the picture. */
export type Stroke = readonly [from: Point, to: Point]

/** Something round in the picture. */
export interface Disc extends Point {
  readonly radius: number
}

/** What names should stay clear of. */
export interface Obstacles {
  readonly strokes: readonly Stroke[]
  readonly discs: readonly Disc[]
}

/** Parts shorter than this, in the plane's units, are not named in the picture. */
const leastNamed = 1.4
const places = [0.5, 0.3, 0.7, 0.15, 0.85]

/**
 * A place beside each of the longer arrows, on either side and at several distances along it: where the name covers least of
 * what is drawn. The longest arrows choose first.
 */
export function clockLabels(chain: ClockChain, obstacles: Obstacles, fit: ClockFit, display: Display): ClockLabel[] {
  const chosen: ClockLabel[] = []
  const named = chain.arrows.filter((arrow) => lengthOf(arrow) > leastNamed)
  for (const arrow of named.toSorted((one, other) => lengthOf(other) - lengthOf(one))) {
    const candidates = candidatesFor(arrow, fit, display)
    const costs = candidates.map((label) => cost(label, chosen, obstacles, display))
    chosen.push(candidates[costs.indexOf(Math.min(...costs))]!)
  }
  return chosen
}

function candidatesFor({ component, from, to }: ClockArrow, fit: ClockFit, display: Display): ClockLabel[] {
  const [start, stop] = [onPicture(from, fit), onPicture(to, fit)]
  const length = Math.hypot(stop.x - start.x, stop.y - start.y)
  const normal = { x: (stop.y - start.y) / length, y: (start.x - stop.x) / length }
  const half = halfBox(component, display)
  const away = Math.abs(normal.x) * half.width + Math.abs(normal.y) * half.height + 2 * metrics(display).unit
  return places.flatMap((place) =>
    [1, -1].map((side) => ({
      component,
      x: start.x + place * (stop.x - start.x) + side * away * normal.x,
      y: start.y + place * (stop.y - start.y) + side * away * normal.y,
    })),
  )
}

/** Half the extent of a name; the monospaced face is 0.6 of its size wide. */
function halfBox(component: string, display: Display): { readonly width: number; readonly height: number } {
  const { label, unit } = metrics(display)
  return { width: component.length * label * 0.3 + unit, height: label * 0.5 + unit }
}

function cost(
  label: ClockLabel,
  chosen: readonly ClockLabel[],
  { strokes, discs }: Obstacles,
  display: Display,
): number {
  const half = halfBox(label.component, display)
  const covers = (point: Point, width: number, height: number) =>
    Math.abs(point.x - label.x) < half.width + width && Math.abs(point.y - label.y) < half.height + height
  const names = chosen.filter((other) => {
    const box = halfBox(other.component, display)
    return covers(other, box.width, box.height)
  })
  const outside =
    label.x < half.width ||
    label.x > display.width - half.width ||
    label.y < half.height ||
    label.y > display.height - half.height
  return (
    (outside ? 20 : 0) +
    8 * names.length +
    9 * discs.filter((disc) => covers(disc, disc.radius, disc.radius)).length +
    strokes.filter((stroke) => crosses(stroke, label, half)).length
  )
}

/** Whether a stroke meets a box around a point (Liang and Barsky's clipping). */
function crosses(
  [from, to]: Stroke,
  middle: Point,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  let [enter, leave] = [0, 1]
  const edges: readonly (readonly [number, number])[] = [
    [from.x - to.x, from.x - middle.x + width],
    [to.x - from.x, middle.x + width - from.x],
    [from.y - to.y, from.y - middle.y + height],
    [to.y - from.y, middle.y + height - from.y],
  ]
  for (const [step, room] of edges) {
    if (step === 0 && room < 0) return false
    if (step < 0) enter = Math.max(enter, room / step)
    if (step > 0) leave = Math.min(leave, room / step)
  }
  return enter <= leave
}
