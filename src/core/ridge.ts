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

/** The linear equations of a ridge regression of centred rows on centred targets: `left @ weights = right`. */
export interface RidgeEquations {
  /** X'X of centred rows with the penalty on its diagonal, [d, d]: symmetric, positive definite. */
  readonly left: Matrix
  /** X'Y of both centred, [d, target]. */
  readonly right: Matrix
}

/** The penalty is `strength` times the mean of the diagonal of the centred X'X. */
export function ridgeEquations(
  { count, gram, cross, sumX, sumY }: RegressionMoments,
  strength: number,
): RidgeEquations {
  const [d, targets] = [sumX.length, sumY.length]
  const centred = lessOuter(gram, sumX, sumX, count)
  let trace = 0
  for (let index = 0; index < d; index++) trace += centred[index * d + index]!
  // A constant x has nothing to tell: any positive penalty then gives weights of 0.
  const penalty = trace > 0 ? (strength * trace) / d : 1
  for (let index = 0; index < d; index++) centred[index * d + index]! += penalty
  return {
    left: { rows: d, columns: d, data: centred },
    right: { rows: d, columns: targets, data: lessOuter(cross, sumX, sumY, count) },
  }
}

/** What the weights of a ridge regression come to: their intercept is the mean of the targets. */
export function ridgeFit({ count, sumX, sumY }: RegressionMoments, weights: Matrix): RidgeFit {
  return { weights, centre: sumX.map((value) => value / count), intercept: sumY.map((value) => value / count) }
}

/** products - rows columns' / count. */
function lessOuter(products: Float64Array, rows: Float64Array, columns: Float64Array, count: number): Float64Array {
  const result = new Float64Array(products.length)
  for (let row = 0, entry = 0; row < rows.length; row++)
    for (let column = 0; column < columns.length; column++, entry++)
      result[entry] = products[entry]! - (rows[row]! * columns[column]!) / count
  return result
}

/** The inverse of a symmetric, positive definite matrix (Cholesky), which is symmetric too. */
export function inversePositive({ rows: d, data }: Matrix): Matrix {
  const inner = inverseLower(choleskyLower(data, d), d)
  const inverse = new Float64Array(d * d)
  for (let row = 0; row < d; row++)
    for (let one = 0; one <= row; one++) {
      const factor = inner[row * d + one]!
      for (let other = 0; other <= one; other++) inverse[one * d + other]! += factor * inner[row * d + other]!
    }
  for (let one = 0; one < d; one++)
    for (let other = 0; other < one; other++) inverse[other * d + one] = inverse[one * d + other]!
  return { rows: d, columns: d, data: inverse }
}

/** L of L L' = a symmetric matrix; what is above its diagonal is not 0, but is not looked at. */
function choleskyLower(symmetric: Float64Array, d: number): Float64Array {
  const lower = Float64Array.from(symmetric)
  for (let row = 0; row < d; row++)
    for (let column = 0; column <= row; column++) {
      let entry = lower[row * d + column]!
      for (let inner = 0; inner < column; inner++) entry -= lower[row * d + inner]! * lower[column * d + inner]!
      lower[row * d + column] = row === column ? Math.sqrt(entry) : entry / lower[column * d + column]!
    }
  return lower
}

/** The inverse of a lower triangular matrix, row by row from those above. */
function inverseLower(lower: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d)
  for (let row = 0; row < d; row++) {
    const own = 1 / lower[row * d + row]!
    for (let above = 0; above < row; above++) {
      const factor = -own * lower[row * d + above]!
      for (let column = 0; column <= above; column++)
        inverse[row * d + column]! += factor * inverse[above * d + column]!
    }
    inverse[row * d + row] = own
  }
  return inverse
}
