import { matrix, type Matrix } from '../../core/matrix'
import { singularValues } from '../../core/singular-values'
import type { Tensor } from '../../core/tensor'

/**
 * The plane that W_U reads an answer in: its two main left singular directions, over the ten digits' columns. W_U has two
 * large singular values, so where a vector points in this plane decides the digit.
 */
export interface ReadoutPlane {
  /** Each digit's column of W_U in the plane: the logit of a point is its dot product with the digit's direction. */
  readonly digits: readonly Point[]
  /** The share of W_U's squared length that lies in the plane: what it leaves out can still decide a close answer. */
  readonly share: number
  /** The point of a vector of the residual stream, from the ten logits that it adds: x_k = logits · V_k / s_k. */
  readonly point: (logits: ArrayLike<number>) => Point
}

export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * From W_U [d_model, vocab] and ln_final's weight [d_model] (ones where it is folded). What every vector adds to all logits
 * alike through the LayerNorm's centring is taken out. Signs: the largest entry of each direction is positive.
 */
export function readoutPlane(W_U: Tensor, finalWeight: Tensor): ReadoutPlane {
  const { values, rightVectors } = singularValues(digitReadout(W_U, finalWeight))
  const entry = (digit: number, axis: number) => rightVectors.data[digit * rightVectors.columns + axis]!
  const along = (logits: ArrayLike<number>, axis: number) => {
    let total = 0
    for (let digit = 0; digit < 10; digit++) total += logits[digit]! * entry(digit, axis)
    return values[axis]! > 0 ? total / values[axis]! : 0
  }
  const total = values.reduce((sum, value) => sum + value ** 2, 0)
  return {
    share: total > 0 ? (values[0]! ** 2 + values[1]! ** 2) / total : 1,
    digits: Array.from({ length: 10 }, (_, digit) => ({
      x: entry(digit, 0) * values[0]!,
      y: entry(digit, 1) * values[1]!,
    })),
    point: (logits) => ({ x: along(logits, 0), y: along(logits, 1) }),
  }
}

/** What a centred and scaled vector meets, [d_model, digit]: diag(ln_final.w) @ W_U, less each column's mean. */
function digitReadout({ shape, data }: Tensor, finalWeight: Tensor): Matrix {
  const [rows, vocab] = [shape[0]!, shape[1]!]
  const readout = matrix(rows, 10)
  for (let digit = 0; digit < 10; digit++) {
    let total = 0
    for (let row = 0; row < rows; row++) {
      const entry = data[row * vocab + digit]! * finalWeight.data[row]!
      readout.data[row * 10 + digit] = entry
      total += entry
    }
    for (let row = 0; row < rows; row++) readout.data[row * 10 + digit]! -= total / rows
  }
  return readout
}
