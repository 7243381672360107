import type { Point } from './readout-plane'

/** The angles, in radians counter-clockwise, between which a digit's logit is the largest. `to` is larger than `from`. */
export interface DecisionSector {
  readonly digit: number
  readonly from: number
  readonly to: number
}

/**
 * The true decision sectors of a linear readout in the plane. In direction u the largest dot product with the digits'
 * points is attained at a corner of their convex hull, and it changes hands where u is perpendicular to an edge. So each
 * corner owns the angles between its two edges' outward normals; a digit inside the hull never wins.
 */
export function decisionSectors(digits: readonly Point[]): DecisionSector[] {
  const corners = convexHull(digits)
  if (corners.length < 3) return []
  const normal = (from: number, to: number) => {
    const [start, end] = [digits[corners[from]!]!, digits[corners[to]!]!]
    return Math.atan2(start.x - end.x, end.y - start.y)
  }
  return corners.map((digit, index) => {
    const from = normal((index + corners.length - 1) % corners.length, index)
    const to = normal(index, (index + 1) % corners.length)
    return { digit, from, to: to > from ? to : to + 2 * Math.PI }
  })
}

/** Indices of the corners, counter-clockwise (Andrew's monotone chain). */
function convexHull(points: readonly Point[]): number[] {
  const order = points
    .map((_, index) => index)
    .sort((a, b) => points[a]!.x - points[b]!.x || points[a]!.y - points[b]!.y)
  const half = (indices: readonly number[]) => {
    const chain: number[] = []
    for (const index of indices) {
      while (chain.length > 1 && turn(points, chain.at(-2)!, chain.at(-1)!, index) <= 0) chain.pop()
      chain.push(index)
    }
    return chain.slice(0, -1)
  }
  return [...half(order), ...half(order.toReversed())]
}

/** Positive where a, b, c turn to the left. */
function turn(points: readonly Point[], a: number, b: number, c: number): number {
  const [p, q, r] = [points[a]!, points[b]!, points[c]!]
  return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
}
