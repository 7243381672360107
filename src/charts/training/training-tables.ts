import type { Table } from '../drawing/table'
import { stepsOf, type Curves } from './curves'

/** A row for each step. */
export function curvesTable(caption: string, unit: string, { curves }: Curves): Table {
  // A run has thousands of steps: each is not looked for among all of them.
  const values = curves.map(({ points }) => new Map(points.map(({ step, value }) => [step, value])))
  const rows = stepsOf(curves).map((step) => [step, ...values.map((at) => at.get(step) ?? NaN)])
  return { caption, columns: ['step', ...curves.map(({ name }) => name)], units: ['', ...curves.map(() => unit)], rows }
}
