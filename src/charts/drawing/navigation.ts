import type { Box, Drawing, Target } from './drawing'

export type Direction = 'left' | 'right' | 'up' | 'down'

const steps: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}

/** The target that an arrow key leads to: the nearest ahead, where a step aside counts three times; null at the edge. */
export function nextTarget<Datum>(
  { targets }: Pick<Drawing<Datum>, 'targets'>,
  from: Target<Datum>,
  direction: Direction,
): Target<Datum> | null {
  const [dx, dy] = steps[direction]
  const start = middleOf(from)
  let best: { readonly target: Target<Datum>; readonly cost: number } | null = null
  for (const target of targets) {
    const { x, y } = middleOf(target)
    const along = (x - start.x) * dx + (y - start.y) * dy
    const aside = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx)
    const cost = along + 3 * aside
    if (along > 1 && (!best || cost < best.cost)) best = { target, cost }
  }
  return best?.target ?? null
}

/** The middle of a target, where a note is pinned when it is reached by keys. */
export function middleOf({ x, y, width, height }: Target<unknown>): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 }
}

/** Half the side of the box that marks the end of a stroke, in CSS pixels. */
const reach = 8

/** The box that marks a target: its own, or that around the tip of an arrow, whose own box holds much that is not its. */
export function boxOf(target: Target<unknown>): Box {
  if (!target.stroke) return target
  const [, , x, y] = target.stroke
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }
}
