import type { Tensor } from '../core/tensor'
import type { Analysis, AnalysisResult } from '../analyses/analysis'
import { isTensor } from '../contract/tensor-json'

/**
 * One result of the parts of a sweep, each of which is NaN where another part has a number. Scalars and lists are the same in
 * all parts that have them.
 */
export function mergedParts(parts: readonly AnalysisResult[]): AnalysisResult {
  return Object.assign({}, ...parts, mergedTensors(parts)) as AnalysisResult
}

function mergedTensors(parts: readonly AnalysisResult[]): AnalysisResult {
  const names = Object.entries(parts[0] ?? {}).flatMap(([name, value]) => (isTensor(value) ? [name] : []))
  return Object.fromEntries(names.map((name) => [name, parts.map((part) => part[name] as Tensor).reduce(filled)]))
}

/** The first tensor, with its missing entries taken from the second. */
function filled(first: Tensor, second: Tensor): Tensor {
  const data = first.data.map((entry, index) => (Number.isNaN(entry) ? second.data[index]! : entry))
  return { ...first, data }
}

/** One result of the parts of an analysis, with what follows from all of them together. */
export function completed(analysis: Analysis, parts: readonly AnalysisResult[]): AnalysisResult {
  const merged = mergedParts(parts)
  return analysis.complete?.(merged, parts) ?? merged
}
