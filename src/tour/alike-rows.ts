import { mean } from '../core/statistics'
import { dot } from './correlation'

type Rows = readonly (readonly number[])[]

/** Mean cosine of rows with their mean: 1 where all point the same way. NaN where the mean is nothing. */
export function meanAlikeness(rows: Rows): number {
  const middle = meanRow(rows)
  const cosines = rows.map((row) => dot(row, middle) / Math.sqrt(dot(row, row) * dot(middle, middle)))
  return mean(cosines)
}

/** Share of the rows' variance that lies between groups: R² of the best guess from the group alone. */
export function explainedBy(rows: Rows, groups: readonly number[]): number {
  const middle = meanRow(rows)
  const means = new Map(
    [...new Set(groups)].map((group) => [group, meanRow(rows.filter((_, row) => groups[row] === group))]),
  )
  const spread = (centre: (row: number) => readonly number[]) =>
    rows.reduce(
      (sum, row, index) => sum + row.reduce((part, value, at) => part + (value - centre(index)[at]!) ** 2, 0),
      0,
    )
  return 1 - spread((row) => means.get(groups[row]!)!) / spread(() => middle)
}

function meanRow(rows: Rows): readonly number[] {
  return rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length)
}
