import type { EverySum } from '../../src/contract/exhaustive'

/** An evaluation of so many sums, as far as tests look at it: nothing wrong, all of one cell and pattern. */
export function everySum(n: number, change: Partial<EverySum> = {}): EverySum {
  const cells = (fill: number, unit: string) => ({
    dims: ['prefixA', 'prefixB'] as const,
    shape: [50, 50] as const,
    unit,
    data: [fill, ...new Array<number>(2499).fill(unit === 'logits' ? NaN : 0)],
    labels: { prefixA: [], prefixB: [] },
  })
  const marginHistogram = Array.from({ length: 160 }, (_, bin) => (bin === 52 ? n : 0))
  return {
    n,
    wrong: 0,
    exactMatch: 1,
    loss: 0.1,
    smallestMargin: 3.1,
    marginHistogram,
    patterns: { KKKK: { n, wrong: 0, loss: 0.1, marginMin: 3.1, marginMedian: 3.2, marginHistogram } },
    byPrefix: { n: cells(n, 'sums'), wrong: cells(0, 'sums'), marginMin: cells(3.1, 'logits') },
    weakest: [{ a: 12, b: 34, digit: 1, margin: 3.1, runnerUp: 7 }],
    wrongSums: { a: new Int32Array(), b: new Int32Array(), margin: new Float64Array() },
    cpuSeconds: 1,
    plain: { sums: 10, largestMarginDifference: 0 },
    ...change,
  }
}
