/** score = log cosh(beta (d - centre)) + c, as well as it fits. */
export interface LogCoshFit {
  readonly beta: number
  readonly centre: number
  /** Share of the variance that the fit explains. */
  readonly r2: number
}

/** How often the grid around the best fit is made finer. */
const rounds = 9

/**
 * Fits several rows of ten scores, one for each digit, with one beta and centre and an offset for each row. Found on a grid
 * that becomes finer around the best point: the error has one valley for beta > 0. NaN where a score is missing.
 */
export function fitLogCosh(rows: readonly (readonly number[])[]): LogCoshFit {
  if (rows.some((row) => row.some(Number.isNaN))) return { beta: NaN, centre: NaN, r2: NaN }
  const spread = rows.reduce((sum, row) => sum + squaresAround(row), 0)
  let best = { beta: 0, centre: 4.5, error: spread }
  let [betaStep, centreStep] = [0.5, 1]
  let grid = { beta: 3, centre: 4.5, betas: 6, centres: 5 }
  for (let round = 0; round < rounds; round++) {
    for (let one = -grid.betas; one <= grid.betas; one++)
      for (let other = -grid.centres; other <= grid.centres; other++) {
        const beta = grid.beta + one * betaStep
        if (beta <= 0) continue
        const centre = grid.centre + other * centreStep
        const error = errorOf(rows, beta, centre)
        if (error < best.error) best = { beta, centre, error }
      }
    grid = { beta: best.beta, centre: best.centre, betas: 3, centres: 3 }
    betaStep /= 2.5
    centreStep /= 2.5
  }
  return { beta: best.beta, centre: best.centre, r2: spread > 0 ? 1 - best.error / spread : NaN }
}

const shape = new Float64Array(10)

/** Sum of squared distances of every row from the curve, each row with the offset that suits it best. */
function errorOf(rows: readonly (readonly number[])[], beta: number, centre: number): number {
  const digits = rows[0]!.length
  for (let digit = 0; digit < digits; digit++) shape[digit] = logCosh(beta * (digit - centre))
  let error = 0
  for (const row of rows) {
    let [sum, squares] = [0, 0]
    for (let digit = 0; digit < digits; digit++) {
      const difference = row[digit]! - shape[digit]!
      sum += difference
      squares += difference * difference
    }
    error += squares - (sum * sum) / digits
  }
  return error
}

/** Without overflow: log cosh x = |x| + log(1 + exp(-2 |x|)) - log 2. */
function logCosh(x: number): number {
  const size = Math.abs(x)
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2
}

/** Sum of squared distances from the mean. */
function squaresAround(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}
