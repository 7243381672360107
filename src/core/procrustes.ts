/** A rotation of the plane, after a reflection or without one: [[xx, xy], [yx, yy]]. */
export type Turn = readonly [xx: number, xy: number, yx: number, yy: number]

/**
 * The turn, mirrored or not, that brings points closest to others: least squares over pairs, both given as x and y by turns
 * (orthogonal Procrustes). Pairs of which a coordinate is NaN do not count; without any nothing is turned.
 */
export function turnOnto(points: ArrayLike<number>, others: ArrayLike<number>): Turn {
  let [xx, xy, yx, yy] = [0, 0, 0, 0]
  for (let at = 0; at + 1 < Math.min(points.length, others.length); at += 2) {
    const [x, y, u, v] = [points[at]!, points[at + 1]!, others[at]!, others[at + 1]!]
    if (Number.isNaN(x + y + u + v)) continue
    xx += u * x
    xy += u * y
    yx += v * x
    yy += v * y
  }
  const [straight, mirrored] = [Math.hypot(xx + yy, yx - xy), Math.hypot(xx - yy, yx + xy)]
  if (straight >= mirrored) {
    const angle = Math.atan2(yx - xy, xx + yy)
    return [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)]
  }
  const angle = Math.atan2(yx + xy, xx - yy)
  return [Math.cos(angle), Math.sin(angle), Math.sin(angle), -Math.cos(angle)]
}

/** Points turned, x and y by turns. */
export function turned(points: ArrayLike<number>, [xx, xy, yx, yy]: Turn): Float64Array {
  const all = new Float64Array(points.length)
  for (let at = 0; at + 1 < points.length; at += 2) {
    all[at] = xx * points[at]! + xy * points[at + 1]!
    all[at + 1] = yx * points[at]! + yy * points[at + 1]!
  }
  return all
}
