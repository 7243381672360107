import type { Tensor } from '../../core/tensor'
import type { Point, ReadoutPlane } from './readout-plane'

/** One part of the final residual stream as an arrow in the readout plane, from where the part before it ended. */
export interface ClockArrow {
  readonly component: string
  readonly from: Point
  readonly to: Point
}

/** The arrows tail to head, and where they end: their sum, whose angle is the answer. */
export interface ClockChain {
  readonly arrows: readonly ClockArrow[]
  readonly end: Point
}

const origin: Point = { x: 0, y: 0 }

/**
 * The parts of one answer digit in the order of the attribution: embed, pos_embed, the heads, b_O. b_U is left out: it is
 * added to the logits and is no vector that W_U reads.
 */
export function clockChain(
  { shape, data, labels }: Tensor<readonly ['component', 'digit', 'logit']>,
  focus: number,
  plane: ReadoutPlane,
): ClockChain {
  const digits = shape[1]!
  const logits = shape[2]!
  const arrows: ClockArrow[] = []
  let from = origin
  labels.component?.forEach((component, index) => {
    if (component === 'b_U') return
    const start = (index * digits + focus) * logits
    const step = plane.point(data.subarray(start, start + logits))
    const to = { x: from.x + step.x, y: from.y + step.y }
    arrows.push({ component, from, to })
    from = to
  })
  return { arrows, end: from }
}

export function lengthOf({ from, to }: ClockArrow): number {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

/** The angle of a point in whole degrees, 0 to 359, counter-clockwise from the right. */
export function degreesOf({ x, y }: Point): number {
  return (Math.round((Math.atan2(y, x) * 180) / Math.PI) + 360) % 360
}
