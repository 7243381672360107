import type { ResultOf } from '../../analyses/registry'
import { turned, turnOnto, type Turn } from '../../core/procrustes'

/** Where the stream that predicts a digit stands after the last layer, for many sums, in its own W_U's plane. */
export interface Cloud {
  /** x and y by turns; NaN where it is not known yet. */
  readonly points: ArrayLike<number>
  /** The right digit of each. */
  readonly answer: ArrayLike<number>
  /** Of the right digits, x and y by turns; NaN for one that no sum has. */
  readonly centroid: ArrayLike<number>
  /** What turns it as it is drawn. */
  readonly turn: Turn
}

export function cloudOf(result: ResultOf<'residual-circle'>, digit: number): Cloud {
  const { points, centroid, answer } = result
  const [stages, digits, examples] = points.shape as [number, number, number, number]
  const column = Math.min(digit, digits - 1)
  const at = (stages - 1) * digits + column
  return {
    points: points.data.slice(at * examples * 2, (at + 1) * examples * 2),
    answer: answer.data.slice(column * examples, (column + 1) * examples),
    centroid: centroid.data.slice(at * 20, (at + 1) * 20),
    turn: [1, 0, 0, 1],
  }
}

/** The same turned, and mirrored where that is closer, so that each sum stands as near as can be to where another cloud has it. */
export function alignedTo(cloud: Cloud, other: Cloud): Cloud {
  const turn = turnOnto(cloud.points, other.points)
  return { ...cloud, points: turned(cloud.points, turn), centroid: turned(cloud.centroid, turn), turn }
}

/** A point of the same plane, turned along. */
export function inCloud({ turn }: Cloud, point: readonly [number, number]): readonly [number, number] {
  const [x, y] = turned(point, turn)
  return [x!, y!]
}
