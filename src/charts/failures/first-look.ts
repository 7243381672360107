import type { CellMargins, EverySum } from '../../contract/exhaustive'
import { columnsOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import { operandLimit, type TaskLayout } from '../../core/task-layout'
import { cellOf, mapRows, tensorIndex } from './cells'

/** The sums of a first look: one for each cell of the map, off the corners, where digits repeat. */
export function lookSums(layout: TaskLayout): { readonly first: Sum; readonly side: number; readonly step: number } {
  const limit = operandLimit(layout)
  const side = mapRows(layout)
  const step = Math.max(1, Math.floor(limit / side))
  return { first: { a: Math.floor(0.37 * step), b: Math.floor(0.62 * step) }, side, step }
}

/** What a first look says, in the form of the whole: shown until the first parts of that are there. Null before its first sums. */
export function firstLook({ margin, digit, runnerUp }: CellMargins, layout: TaskLayout): EverySum | null {
  const { first, side, step } = lookSums(layout)
  const known = Array.from(margin, (value, index) => ({
    a: first.a + Math.floor(index / side) * step,
    b: first.b + (index % side) * step,
    digit: digit[index]!,
    margin: value,
    runnerUp: runnerUp[index]!,
  })).filter((sum) => !Number.isNaN(sum.margin))
  if (known.length === 0) return null
  const wrong = known.filter((sum) => sum.margin <= 0)
  const byPattern = new Map<string, typeof known>()
  for (const sum of known) {
    const pattern = columnsOf(sum, layout).classes.join('')
    const same = byPattern.get(pattern)
    if (same) same.push(sum)
    else byPattern.set(pattern, [sum])
  }
  const marginHistogram = histogramOf(known)
  const tensor = (data: readonly number[], unit: string) => ({
    dims: ['prefixA', 'prefixB'] as const,
    shape: [side, side] as const,
    data,
    unit,
    labels: { prefixA: [], prefixB: [] },
  })
  const here = Array.from(margin, (value) => !Number.isNaN(value))
  return {
    n: known.length,
    wrong: wrong.length,
    exactMatch: 1 - wrong.length / known.length,
    loss: NaN,
    smallestMargin: Math.min(...known.map((sum) => sum.margin)),
    patterns: Object.fromEntries([...byPattern].map(([pattern, sums]) => [pattern, scoreOf(sums)])),
    marginHistogram,
    byPrefix: {
      n: tensor(here.map(Number), 'sums'),
      wrong: tensor(
        Array.from(margin, (value) => Number(value <= 0)),
        'sums',
      ),
      marginMin: tensor(Array.from(margin), 'logits'),
    },
    weakest: known.toSorted((one, other) => one.margin - other.margin),
    wrongSums: {
      a: Int32Array.from(wrong, ({ a }) => a),
      b: Int32Array.from(wrong, ({ b }) => b),
      margin: Float64Array.from(wrong, (sum) => sum.margin),
    },
    cpuSeconds: 0,
    plain: { sums: known.length, largestMarginDifference: 0 },
  }
}

/**
 * A map of what is evaluated, and where that has not come to a cell yet, of the sum that a first look saw of it: what its cells
 * show, and the weakest of both.
 */
export function withLook(every: EverySum, look: EverySum | null, layout: TaskLayout): EverySum {
  const reached = every.byPrefix.n.data
  if (!look || reached.every((n) => n > 0)) return every
  const filled = (of: keyof EverySum['byPrefix']) => {
    const [own, seen] = [every.byPrefix[of], look.byPrefix[of].data]
    return { ...own, data: own.data.map((value, cell) => (reached[cell]! > 0 ? value : seen[cell]!)) }
  }
  const byPrefix = { n: filled('n'), wrong: filled('wrong'), marginMin: filled('marginMin') }
  const side = mapRows(layout)
  const onlySeen = look.weakest.filter((sum) => {
    const { row, column } = cellOf(sum, side, layout)
    return reached[tensorIndex(row, column, side)] === 0
  })
  const weakest = [...every.weakest, ...onlySeen].toSorted((one, other) => one.margin - other.margin)
  return {
    ...every,
    wrong: Math.max(every.wrong, ...byPrefix.wrong.data),
    smallestMargin: Math.min(every.smallestMargin, onlySeen[0]?.margin ?? Infinity),
    byPrefix,
    weakest,
  }
}

/** In the bins of `Margins`. */
function histogramOf(sums: readonly { readonly margin: number }[]): number[] {
  const bins = new Array<number>(160).fill(0)
  for (const { margin } of sums) bins[Math.min(159, Math.max(0, Math.floor((margin + 10) / 0.25)))]!++
  return bins
}

function scoreOf(sums: readonly { readonly margin: number }[]) {
  const margins = sums.map(({ margin }) => margin).toSorted((one, other) => one - other)
  return {
    n: sums.length,
    wrong: margins.filter((margin) => margin <= 0).length,
    loss: NaN,
    marginMin: margins[0]!,
    marginMedian: margins[Math.floor((margins.length - 1) / 2)]!,
    marginHistogram: histogramOf(sums),
  }
}
