import type { CellMargins, EverySum } from '../../contract/exhaustive'
import { formatEquation, formatSum } from '../../core/sum-text'
import type { TaskLayout } from '../../core/task-layout'
import { columnsOf } from '../../core/columns'
import type { Table } from '../drawing/table'
import { mapRows, prefixText, tensorIndex, type Cell } from './cells'
import type { Nearest } from './nearest'

/** A row for each cell that has sums. */
export function mapTable(every: EverySum, layout: TaskLayout): Table {
  const side = mapRows(layout)
  const { n, wrong, marginMin } = every.byPrefix
  const rows = Array.from({ length: side * side }, (_, index) => [Math.floor(index / side), index % side] as const)
    .map(([row, column]) => [row, column, tensorIndex(row, column, side)] as const)
    .filter(([, , at]) => n.data[at]! > 0)
    .map(([row, column, at]) => [
      ...[prefixText(row, side, layout), prefixText(column, side, layout)],
      ...[n.data[at]!, wrong.data[at]!, marginMin.data[at]!],
    ])
  const columns = ['A begins', 'B begins', 'sums', 'wrong', 'smallest margin']
  return { caption: 'Every sum by leading digits', columns, units: ['', '', 'sums', 'sums', 'logits'], rows }
}

export function cellTable({ first, side, step }: Cell, { margin, digit }: CellMargins, layout: TaskLayout): Table {
  const rows = Array.from(margin, (value, index) => {
    const sum = { a: first.a + Math.floor(index / side) * step, b: first.b + (index % side) * step }
    return [formatSum(sum, layout), `C${digit[index]}`, value]
  })
  return { caption: 'The sums of one cell', columns: ['sum', 'digit', 'margin'], units: ['', '', 'logits'], rows }
}

export function histogramTable({ marginHistogram }: EverySum): Table {
  const rows = marginHistogram.map((count, bin) => [-10 + bin * 0.25, count]).filter(([, count]) => count! > 0)
  return { caption: 'Sums by smallest margin', columns: ['margin from', 'sums'], units: ['logits', 'sums'], rows }
}

export function nearestTable({ sums }: Nearest, layout: TaskLayout): Table {
  const rows = sums.map((sum) => [formatSum(sum, layout), sum.changed, sum.margin])
  return { caption: 'Nearest', columns: ['sum', 'digits changed', 'margin'], units: ['', '', 'logits'], rows }
}

/** A pattern's row, weakest first, or by share wrong where any is. */
export interface PatternRow {
  readonly pattern: string
  readonly n: number
  readonly wrong: number
  readonly smallest: number
  readonly median: number
}

export function patternRows({ patterns, wrong }: EverySum): readonly PatternRow[] {
  const rows = Object.entries(patterns).map(([pattern, score]) => ({
    pattern,
    n: score.n,
    wrong: score.wrong,
    smallest: score.marginMin,
    median: score.marginMedian,
  }))
  const weakestFirst = (one: PatternRow, other: PatternRow) => one.smallest - other.smallest
  return rows.toSorted((one, other) =>
    wrong > 0 ? other.wrong / other.n - one.wrong / one.n || weakestFirst(one, other) : weakestFirst(one, other),
  )
}

export function patternTable(every: EverySum): Table {
  const rows = patternRows(every).map(({ pattern, n, wrong, smallest, median }) => [
    pattern,
    n,
    wrong,
    smallest,
    median,
  ])
  const columns = ['pattern', 'sums', 'wrong', 'smallest margin', 'median margin']
  return { caption: 'By column pattern', columns, units: ['', 'sums', 'sums', 'logits', 'logits'], rows }
}

export function weakestTable({ weakest }: EverySum, layout: TaskLayout, outputs: readonly string[]): Table {
  const rows = weakest.map((sum) => [
    ...[formatEquation(sum, layout), columnsOf(sum, layout).classes.join('')],
    ...[`C${sum.digit}`, outputs[sum.runnerUp] ?? '?', sum.margin],
  ])
  const columns = ['sum', 'pattern', 'digit', 'runner-up', 'margin']
  return { caption: 'Weakest sums', columns, units: ['', '', '', '', 'logits'], rows }
}
