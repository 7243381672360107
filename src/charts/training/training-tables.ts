import type { Table } from '../drawing/table'
import { stepsOf, type Curves } from './curves'

/** A row for each step. */
export function curvesTable(caption: string, unit: string, { curves }: Curves): Table {
  const rows = stepsOf(curves).map((step) => [
    step,
    ...curves.map(({ points }) => points.find((point) => point.step === step)?.value ?? NaN),
  ])
  return { caption, columns: ['step', ...curves.map(({ name }) => name)], units: ['', ...curves.map(() => unit)], rows }
}
