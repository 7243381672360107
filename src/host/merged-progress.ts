import type { Progress } from '../contract/contract'
import type { AnalysisResult } from '../analyses/analysis'

/** Progress of all parts together. A partial result is there as soon as every part has one. */
export function mergedProgress(
  reports: readonly Progress[],
  parts: number,
  merged: (partials: readonly AnalysisResult[]) => AnalysisResult,
): Progress {
  const known = reports.filter((report) => report as Progress | undefined)
  const sum = (count: (report: Progress) => number) => known.reduce((all, report) => all + count(report), 0)
  const whole = (count: (report: Progress) => number) => (sum(count) * parts) / known.length
  const runsPerSum = whole((report) => report.runsPerSum ?? 1)
  const soFar = { done: sum((report) => report.done), total: whole((report) => report.total), runsPerSum }
  const partials = known.map(({ partial }) => partial).filter((partial) => partial !== undefined)
  return partials.length < parts ? soFar : { ...soFar, partial: merged(partials) }
}
