import { mean } from './statistics'

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
  const scores = summed(rows)
  let best = { beta: 0, centre: 4.5, error: scores.spread }
  let [betaStep, centreStep] = [0.5, 1]
  let grid = { beta: 3, centre: 4.5, betas: 6, centres: 5 }
  for (let round = 0; round < rounds; round++) {
    for (let one = -grid.betas; one <= grid.betas; one++)
      for (let other = -grid.centres; other <= grid.centres; other++) {
        const beta = grid.beta + one * betaStep
        if (beta <= 0) continue
        const centre = grid.centre + other * centreStep
        const error = errorOf(scores, beta, centre)
        if (error < best.error) best = { beta, centre, error }
      }
    grid = { beta: best.beta, centre: best.centre, betas: 3, centres: 3 }
    betaStep /= 2.5
    centreStep /= 2.5
  }
  return { beta: best.beta, centre: best.centre, r2: scores.spread > 0 ? 1 - best.error / scores.spread : NaN }
}

/** What a curve's distance from rows follows from. */
interface SummedRows {
  readonly rows: number
  /** Of the rows, each less its mean. */
  readonly total: Float64Array
  /** Sum of their squares. */
  readonly spread: number
}

function summed(rows: readonly (readonly number[])[]): SummedRows {
  const total = new Float64Array(rows[0]!.length)
  let spread = 0
  for (const row of rows) {
    const middle = mean(row)
    row.forEach((value, digit) => {
      total[digit]! += value - middle
      spread += (value - middle) ** 2
    })
  }
  return { rows: rows.length, total, spread }
}

/** How finely log cosh is tabled, and as far as it is: behind that it is |x| - log 2 to 1e-14. Between its entries it is right to 1e-9. */
const perUnit = 64
const reach = 16
const heights = tabled((x) => x + Math.log1p(Math.exp(-2 * x)) - Math.LN2)
const slopes = tabled((x) => Math.tanh(x) / perUnit)

function tabled(of: (x: number) => number): Float64Array {
  return Float64Array.from({ length: reach * perUnit + 1 }, (_, index) => of(index / perUnit))
}

/**
 * Sum of squared distances of every row from the curve, each row with the offset that suits it best. log cosh stands between the
 * entries of its table, on the cubic through their heights and slopes: in place, since a number that a function returns is kept in memory.
 */
function errorOf({ rows, total, spread }: SummedRows, beta: number, centre: number): number {
  let sum = 0
  let squares = 0
  let product = 0
  for (let digit = 0; digit < total.length; digit++) {
    const x = Math.abs(beta * (digit - centre))
    let value = x - Math.LN2
    if (x < reach) {
      const entry = (x * perUnit) | 0
      const t = x * perUnit - entry
      const height = heights[entry]!
      const rise = heights[entry + 1]! - height
      value = height + t * (rise + (1 - t) * ((slopes[entry]! - rise) * (1 - t) + (rise - slopes[entry + 1]!) * t))
    }
    sum += value
    squares += value * value
    product += value * total[digit]!
  }
  return spread - 2 * product + rows * (squares - (sum * sum) / total.length)
}
