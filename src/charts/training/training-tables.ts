import type { Table } from '../drawing/table'
import type { Curves } from './curves'

/** A row for each step. */
export function curvesTable(caption: string, unit: string, { curves }: Curves): Table {
  const steps = [...new Set(curves.flatMap(({ points }) => points.map(({ step }) => step)))].toSorted((a, b) => a - b)
  const rows = steps.map((step) => [
    step,
    ...curves.map(({ points }) => points.find((point) => point.step === step)?.value ?? NaN),
  ])
  return { caption, columns: ['step', ...curves.map(({ name }) => name)], units: ['', ...curves.map(() => unit)], rows }
}
