/** Both digits of a column compete for one query's attention: `A` and `B` are the scores of the ten digits there. */

/** The share of the digit of A in the attention to the two, row-major [a, b]; NaN where either is masked. */
export function shareOfA(A: readonly number[], B: readonly number[]): Float64Array {
  const shares = new Float64Array(A.length * B.length)
  let index = 0
  for (const a of A) for (const b of B) shares[index++] = 1 / (1 + Math.exp(b - a))
  return shares
}

/** Share of the 100 pairs in which the digit that wins is 5 or more just when the two add up to `threshold` or more. */
export function agreementWith(A: readonly number[], B: readonly number[], threshold: number): number {
  if (A.some(Number.isNaN) || B.some(Number.isNaN)) return NaN
  let agreeing = 0
  A.forEach((scoreA, a) => {
    B.forEach((scoreB, b) => {
      const winner = scoreA >= scoreB ? a : b
      if (winner >= 5 === a + b >= threshold) agreeing++
    })
  })
  return agreeing / (A.length * B.length)
}
