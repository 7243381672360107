import type { Matrix } from './matrix'

/** Second moments of rows x with targets y: all that a ridge regression needs, and additive over sets of rows. */
export interface RegressionMoments {
  readonly count: number
  /** X'X [d, d]. */
  readonly gram: Float64Array
  /** X'Y [d, target]. */
  readonly cross: Float64Array
  /** Sum of the rows, [d]. */
  readonly sumX: Float64Array
  /** Sum of the targets, [target]. */
  readonly sumY: Float64Array
}

/** A linear reading of x: `(x - centre) @ weights + intercept`. */
export interface RidgeFit {
  /** [d, target]. */
  readonly weights: Matrix
  readonly centre: Float64Array
  readonly intercept: Float64Array
}

/** What `whole` has beside `part`: the training rows of a fold. */
export function without(whole: RegressionMoments, part: RegressionMoments): RegressionMoments {
  return combined(whole, part, -1)
}

/** The moments of the rows of both. */
export function joined(one: RegressionMoments, other: RegressionMoments): RegressionMoments {
  return combined(one, other, 1)
}

function combined(one: RegressionMoments, other: RegressionMoments, sign: 1 | -1): RegressionMoments {
  const both = (left: Float64Array, right: Float64Array) => {
    const result = new Float64Array(left.length)
    for (let index = 0; index < result.length; index++) result[index] = left[index]! + sign * right[index]!
    return result
  }
  return {
    count: one.count + sign * other.count,
    gram: both(one.gram, other.gram),
    cross: both(one.cross, other.cross),
    sumX: both(one.sumX, other.sumX),
    sumY: both(one.sumY, other.sumY),
  }
}

/**
 * The ridge regression of centred rows on centred targets, with penalty `strength` times the mean of the diagonal of the
 * centred X'X. The intercept is the mean of the targets.
 */
export function ridge({ count, gram, cross, sumX, sumY }: RegressionMoments, strength: number): RidgeFit {
  const d = sumX.length
  const targets = sumY.length
  const centred = lessOuter(gram, sumX, sumX, count)
  const right = lessOuter(cross, sumX, sumY, count)
  let trace = 0
  for (let index = 0; index < d; index++) trace += centred[index * d + index]!
  // A constant x has nothing to tell: any positive penalty then gives weights of 0.
  const penalty = trace > 0 ? (strength * trace) / d : 1
  for (let index = 0; index < d; index++) centred[index * d + index]! += penalty
  return {
    weights: solvePositive({ rows: d, columns: d, data: centred }, { rows: d, columns: targets, data: right }),
    centre: sumX.map((value) => value / count),
    intercept: sumY.map((value) => value / count),
  }
}

/** products - rows columns' / count. */
function lessOuter(products: Float64Array, rows: Float64Array, columns: Float64Array, count: number): Float64Array {
  const result = new Float64Array(products.length)
  for (let row = 0, entry = 0; row < rows.length; row++)
    for (let column = 0; column < columns.length; column++, entry++)
      result[entry] = products[entry]! - (rows[row]! * columns[column]!) / count
  return result
}

/** Solves `left @ x = right` for a symmetric, positive definite left side (Cholesky). */
export function solvePositive(left: Matrix, right: Matrix): Matrix {
  const d = left.rows
  const lower = Float64Array.from(left.data)
  for (let column = 0; column < d; column++) {
    for (let row = column; row < d; row++) {
      let entry = lower[row * d + column]!
      for (let inner = 0; inner < column; inner++) entry -= lower[row * d + inner]! * lower[column * d + inner]!
      lower[row * d + column] = row === column ? Math.sqrt(entry) : entry / lower[column * d + column]!
    }
  }
  const width = right.columns
  const x = Float64Array.from(right.data)
  const divide = (row: number) => {
    for (let target = 0; target < width; target++) x[row * width + target]! /= lower[row * d + row]!
  }
  for (let row = 0; row < d; row++) {
    subtractRows(x, width, { row, begin: 0, end: row }, (inner) => lower[row * d + inner]!)
    divide(row)
  }
  for (let row = d - 1; row >= 0; row--) {
    subtractRows(x, width, { row, begin: row + 1, end: d }, (inner) => lower[inner * d + row]!)
    divide(row)
  }
  return { rows: d, columns: width, data: x }
}

/** Takes multiples of the rows from `begin` to `end` from one row; four at a time, so that it is read and written less often. */
function subtractRows(
  x: Float64Array,
  width: number,
  { row, begin, end }: { readonly row: number; readonly begin: number; readonly end: number },
  factorOf: (other: number) => number,
): void {
  const to = row * width
  let other = begin
  for (; other + 4 <= end; other += 4) {
    const [f0, f1, f2, f3] = [factorOf(other), factorOf(other + 1), factorOf(other + 2), factorOf(other + 3)]
    const from = other * width
    for (let target = 0; target < width; target++)
      x[to + target]! -=
        f0 * x[from + target]! +
        f1 * x[from + width + target]! +
        f2 * x[from + 2 * width + target]! +
        f3 * x[from + 3 * width + target]!
  }
  for (; other < end; other++) {
    const factor = factorOf(other)
    for (let target = 0; target < width; target++) x[to + target]! -= factor * x[other * width + target]!
  }
}
