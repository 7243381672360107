import { metrics, tokensOf, type Display } from './display'
import type { Lines, Rect } from './drawing'

/** Strokes at 45 degrees over a box, 5 px apart: what is not there, which is not the same as zero. */
export function hatching({ x, y, width, height }: Pick<Rect, 'x' | 'y' | 'width' | 'height'>, display: Display): Lines {
  const { unit } = metrics(display)
  const paths: number[][] = []
  for (let sum = 2.5 * unit; sum < width + height; sum += 5 * unit) {
    const [left, right] = [Math.max(0, sum - height), Math.min(sum, width)]
    paths.push([x + left, y + sum - left, x + right, y + sum - right])
  }
  return { kind: 'lines', paths, stroke: tokensOf(display).hatch, strokeWidth: unit }
}
