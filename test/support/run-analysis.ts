import { checkParams } from '../../src/analyses/check-params'
import type { Analysis, AnalysisResult, Schedule } from '../../src/analyses/analysis'
import type { AnalysisParams } from '../../src/analyses/registry'
import type { Tensor } from '../../src/core/tensor'
import type { Model } from '../../src/model/model'

/** What an analysis reported while it ran. */
export interface Report {
  readonly done: number
  readonly total: number
  readonly partial?: AnalysisResult | undefined
}

/** Runs an analysis as the engine does; `reports` collects its progress. */
export async function runAnalysis(
  analysis: Analysis,
  model: Model,
  params: AnalysisParams = {},
  reports: Report[] = [],
  schedule: Schedule = {},
): Promise<AnalysisResult> {
  const progress = (done: number, total: number, partial?: AnalysisResult) => {
    reports.push({ done, total, partial })
  }
  checkParams(analysis, params)
  return analysis.run({ model, progress, schedule }, params)
}

/** A tensor of a result, or an error that says which names there are. */
export function tensorIn(result: AnalysisResult, name: string): Tensor {
  const value = result[name]
  if (typeof value !== 'object' || value === null || !('data' in value))
    throw new Error(`The result has no tensor "${name}", only ${Object.keys(result).join(', ')}.`)
  return value
}

/** The entries of a tensor of a result. */
export function dataIn(result: AnalysisResult, name: string): number[] {
  return Array.from(tensorIn(result, name).data)
}

/** A number of a result. */
export function numberIn(result: AnalysisResult, name: string): number {
  const value = result[name]
  if (typeof value !== 'number') throw new Error(`The result has no number "${name}".`)
  return value
}

/** One entry of a tensor, by an index along each axis. */
export function entry({ shape, data }: Tensor, ...indices: readonly number[]): number {
  return data[indices.reduce((place, index, axis) => place * shape[axis]! + index, 0)]!
}
