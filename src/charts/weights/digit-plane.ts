import type { Display } from '../drawing/display'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import { inkOn, cycleColors } from '../drawing/palette'
import { penOf } from '../drawing/pen'

/**
 * The ten digits as points of a plane, the same scale along both axes, with a line from each digit to the next and from 9
 * back to 0: where the model counts around a circle, the line is one too. The dashed circle has the mean distance.
 */
export interface DigitPlane {
  readonly points: readonly DigitPoint[]
  readonly axes: readonly [string, string]
}

export interface DigitPoint {
  readonly digit: number
  readonly x: number
  readonly y: number
}

export function digitPlaneDrawing({ points, axes }: DigitPlane, display: Display): Drawing<DigitPoint> {
  const { unit, strong, line, ctl, ink3, panel, text } = penOf(display)
  const shown = points.filter(({ x, y }) => Number.isFinite(x + y))
  const farthest = Math.max(...shown.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]), 0) || 1
  const [middleX, middleY] = [display.width / 2, (display.height - 14 * unit) / 2]
  const scale = Math.max(Math.min(middleX, middleY) - 14 * unit, 1) / farthest
  const placeOf = ({ x, y }: Pick<DigitPoint, 'x' | 'y'>) => ({ x: middleX + x * scale, y: middleY - y * scale })
  const radius = shown.reduce((total, { x, y }) => total + Math.hypot(x, y), 0) / Math.max(shown.length, 1)
  const reach = farthest * scale + 12 * unit
  const colors = cycleColors(display)
  const ring = shown.flatMap((point) => {
    const { x, y } = placeOf(point)
    return [x, y]
  })
  const dash = [3 * unit, 3 * unit]
  const axisLines = [
    [middleX - reach, middleY, middleX + reach, middleY],
    [middleX, middleY - reach, middleX, middleY + reach],
  ]
  const marks: Mark[] = [
    { kind: 'lines', paths: axisLines, stroke: line, strokeWidth: unit },
    { kind: 'circle', x: middleX, y: middleY, radius: radius * scale, stroke: ctl, strokeWidth: unit, dash },
    { kind: 'lines', paths: [ring], closed: true, stroke: ctl, strokeWidth: 1.5 * unit },
    ...axisName(axes[0], middleX + reach + 6 * unit, middleY, display),
    text(middleX, middleY + reach + 9 * unit, axes[1], { fill: ink3, anchor: 'middle' }),
    ...shown.flatMap((point): Mark[] => {
      const { x, y } = placeOf(point)
      const fill = colors[point.digit]!
      const look = { size: strong, fill: inkOn(fill), weight: 700, anchor: 'middle' } as const
      return [
        { kind: 'circle', x, y, radius: 10 * unit, fill, stroke: panel, strokeWidth: 1.5 * unit },
        text(x, y, String(point.digit), look),
      ]
    }),
  ]
  const half = 11 * unit
  const targets = shown.map((datum) => {
    const { x, y } = placeOf(datum)
    return { x: x - half, y: y - half, width: 2 * half, height: 2 * half, datum }
  })
  return drawing(display, marks, targets)
}

/** Beside the end of its axis; its number stands below where both have no room in a row. */
function axisName(name: string, x: number, y: number, display: Display): Mark[] {
  const { unit, label, ink3: fill, text } = penOf(display)
  const [words = '', number] = name.split(/ (?=\()/)
  const isWide = 0.6 * label * name.length > display.width - x
  if (!isWide || number === undefined) return [text(x, y, name, { fill })]
  return [text(x, y - 7 * unit, words, { fill }), text(x, y + 7 * unit, number, { fill })]
}
