import { logitLabels } from './tokens'

/** `0+0` to `9+9`: all pairs of digits, pair 10 i + j. */
export const pairLabels: readonly string[] = logitLabels.flatMap((one) => logitLabels.map((other) => `${one}+${other}`))

/** Of a matrix with a row for each digit, row i plus row j for every pair, in the order of `pairLabels`. */
export function pairSums(rows: Float64Array): Float64Array {
  const digits = logitLabels.length
  const width = rows.length / digits
  return Float64Array.from({ length: pairLabels.length * width }, (_, index) => {
    const [pair, column] = [Math.floor(index / width), index % width]
    return rows[Math.floor(pair / digits) * width + column]! + rows[(pair % digits) * width + column]!
  })
}
