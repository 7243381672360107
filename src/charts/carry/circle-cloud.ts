import { LeastRecentlyUsed } from '../../core/least-recently-used'
import { metrics, tokensOf, type Display } from '../drawing/display'
import type { Mark } from '../drawing/drawing'
import { cycleColors } from '../drawing/palette'
import type { Disc } from './circle-here'
import type { CircleInput, CircleStage } from './circle-input'

/** In how many places the points of one stage are kept as marks: a companion's, a section's, and before they were resized. */
const keptPlaces = 4
/** Corners of a ring of less than four pixels, which nobody can tell from a round one. */
const corners = 8

const known = new WeakMap<object, LeastRecentlyUsed<readonly Mark[]>>()

/**
 * The disc of a stage and its points, of one colour for each digit, or filled with a carry and hollow without. The same marks as
 * before where these are asked for again: what only the sum on screen changes does not have thousands of points placed anew.
 */
export function circleCloud(
  input: CircleInput,
  stage: CircleStage,
  disc: Disc,
  scale: number,
  display: Display,
): readonly Mark[] {
  const places = known.get(stage.points) ?? new LeastRecentlyUsed<readonly Mark[]>(keptPlaces)
  known.set(stage.points, places)
  const key = JSON.stringify([disc, scale, display, input.byCarry])
  const marks = places.get(key) ?? [...ground(disc, display), ...cloud(input, stage, disc, scale, display)]
  places.set(key, marks)
  return marks
}

function ground({ x, y, radius }: Disc, display: Display): Mark[] {
  const { unit } = metrics(display)
  const { line, ctl } = tokensOf(display)
  const cross = [
    [x - 4 * unit, y, x + 4 * unit, y],
    [x, y - 4 * unit, x, y + 4 * unit],
  ]
  return [
    { kind: 'circle', x, y, radius, stroke: line, strokeWidth: unit },
    { kind: 'lines', paths: cross, stroke: ctl, strokeWidth: unit },
  ]
}

function cloud(
  { answer, carryIn, byCarry }: CircleInput,
  { points }: CircleStage,
  { x, y, large }: Disc,
  scale: number,
  display: Display,
): Mark[] {
  const { unit } = metrics(display)
  const { ink, ink3 } = tokensOf(display)
  const radius = (large ? 1.8 : 1.2) * unit
  const placesOf = (wanted: (example: number) => boolean) =>
    Array.from({ length: points.length / 2 }, (_, example) => example)
      .filter((example) => !Number.isNaN(points[2 * example]!) && wanted(example))
      .map((example) => [x + points[2 * example]! * scale, y - points[2 * example + 1]! * scale] as const)
  if (!byCarry)
    return cycleColors(display).map((fill, digit) => {
      const places = placesOf((example) => answer[example] === digit).flat()
      return { kind: 'points', places, size: 2 * radius, round: true, fill, opacity: 0.8 }
    })
  const rings = placesOf((example) => carryIn[example] !== 1).map(([left, down]) =>
    Array.from({ length: corners }, (_, corner) => (2 * Math.PI * corner) / corners).flatMap((angle) => [
      left + radius * Math.cos(angle),
      down + radius * Math.sin(angle),
    ]),
  )
  const side = 1.5 * radius
  const triangles = placesOf((example) => carryIn[example] === 1).map(([left, down]) => {
    return [left, down - side, left + side, down + side, left - side, down + side]
  })
  return [
    { kind: 'lines', paths: rings, closed: true, stroke: ink3, strokeWidth: 0.8 * unit },
    { kind: 'lines', paths: triangles, closed: true, fill: ink },
  ]
}
