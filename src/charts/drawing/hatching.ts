import { metrics, tokensOf, type Display } from './display'
import type { Box, Lines } from './drawing'

/** Strokes that rise at 45 degrees over a box, 5 units apart: what is not there, which is not the same as zero. */
export function hatching(box: Box, display: Display): Lines {
  const { unit } = metrics(display)
  return { kind: 'lines', paths: hatchPaths(box, unit), stroke: tokensOf(display).hatch, strokeWidth: unit }
}

/** The strokes' ends, each as [x, y, x, y]. */
export function hatchPaths({ x, y, width, height }: Box, unit: number): [number, number, number, number][] {
  const paths: [number, number, number, number][] = []
  for (let sum = 2.5 * unit; sum < width + height; sum += 5 * unit) {
    const [left, right] = [Math.max(0, sum - height), Math.min(sum, width)]
    paths.push([x + left, y + sum - left, x + right, y + sum - right])
  }
  return paths
}
