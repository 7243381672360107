import { matrix, type Matrix } from './matrix'

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
  const less = (all: Float64Array, some: Float64Array) => all.map((value, index) => value - some[index]!)
  return {
    count: whole.count - part.count,
    gram: less(whole.gram, part.gram),
    cross: less(whole.cross, part.cross),
    sumX: less(whole.sumX, part.sumX),
    sumY: less(whole.sumY, part.sumY),
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
    weights: solvePositive(matrix(d, d, centred), matrix(d, targets, right)),
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
  const x = Float64Array.from(right.data)
  const width = right.columns
  for (let target = 0; target < width; target++) {
    for (let row = 0; row < d; row++) {
      let entry = x[row * width + target]!
      for (let inner = 0; inner < row; inner++) entry -= lower[row * d + inner]! * x[inner * width + target]!
      x[row * width + target] = entry / lower[row * d + row]!
    }
    for (let row = d - 1; row >= 0; row--) {
      let entry = x[row * width + target]!
      for (let inner = row + 1; inner < d; inner++) entry -= lower[inner * d + row]! * x[inner * width + target]!
      x[row * width + target] = entry / lower[row * d + row]!
    }
  }
  return matrix(d, width, x)
}
