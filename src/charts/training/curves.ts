import type { RunReport } from '../../contract/training'
import { lossText } from '../drawing/number-text'
import { groupNames, groupScores } from './pattern-groups'
import { logScale, lossScale, percentScale, type Scale } from './scales'

/** One line over the steps of a run. */
export interface Curve {
  readonly name: string
  /** Its place among ordered classes, 0 to 1: light and thin to dark and thick. */
  readonly rank: number
  /** By step. */
  readonly points: readonly { readonly step: number; readonly value: number }[]
}

/** Lines that are drawn together. */
export interface Curves {
  readonly curves: readonly Curve[]
  readonly scale: Scale
  readonly textOf: (value: number) => string
  /** Whether each point is marked, as where there are few. */
  readonly dots: boolean
}

/** The loss of the held-out sums, nats for a digit, by how far a carry runs in them. */
export function lossCurves(reports: readonly RunReport[]): Curves {
  const curves = groupCurves(reports, ({ loss }) => loss)
  return { curves, scale: lossScale(valuesOf(curves)), textOf: lossText, dots: false }
}

/** How many of them are wrong, per cent. */
export function wrongCurves(reports: readonly RunReport[]): Curves {
  const curves = groupCurves(reports, ({ wrong, n }) => (100 * wrong) / n)
  const scale = logScale([...valuesOf(curves), 0, 100], (power) => `${10 ** power} %`)
  return { curves, scale, textOf: percentOf, dots: false }
}

/** How often a site's transplant moves the carry of a digit, per cent of the pairs whose carry differs. */
export function movedCurves(curves: readonly Curve[]): Curves {
  return { curves, scale: percentScale, textOf: percentOf, dots: true }
}

function percentOf(value: number): string {
  return `${value === 0 || value === 100 ? value : value.toFixed(1)} %`
}

function groupCurves(
  reports: readonly RunReport[],
  of: (score: { readonly loss: number; readonly wrong: number; readonly n: number }) => number,
): readonly Curve[] {
  const scores = reports.map((report) => ({ step: report.step, groups: groupScores(report) }))
  return groupNames
    .map((name, group): Curve => ({
      name,
      rank: group / (groupNames.length - 1),
      points: scores.flatMap(({ step, groups }) =>
        groups.filter((each) => each.group === group).map((each) => ({ step, value: of(each) })),
      ),
    }))
    .filter(({ points }) => points.length > 0)
}

/** Every value of the curves. */
export function valuesOf(curves: readonly Curve[]): number[] {
  return curves.flatMap(({ points }) => points.map(({ value }) => value))
}

/** The steps at which any curve has a value, in order. */
export function stepsOf(curves: readonly Curve[]): readonly number[] {
  const steps = curves.flatMap(({ points }) => points.map(({ step }) => step))
  return [...new Set(steps)].toSorted((one, other) => one - other)
}

/** The value of a curve at a step: its last one until then; NaN before the first. */
export function valueAt({ points }: Curve, step: number): number {
  return points.findLast((point) => point.step <= step)?.value ?? NaN
}
