import type { AnalysisResult } from '../analyses/analysis'
import { isTensor, resultToJson } from '../shared/tensor-json'
import type { Answer, Report } from './report'

/** Significant digits of every number: more than float32 activations carry. */
const digits = 6

/** A report's answers, each as `analyze --json` writes it, with numbers rounded to six significant digits. */
export function answersJson({ model: { name, sha256, config }, answers }: Pick<Report, 'model' | 'answers'>): string {
  return JSON.stringify(
    answers.map(({ analysis, params, result }) => ({
      analysis,
      model: { name, sha256, config },
      params,
      result: resultToJson(rounded(result)),
    })),
  )
}

function rounded(result: AnalysisResult): Answer['result'] {
  return Object.fromEntries(
    Object.entries(result).map(([name, value]) => {
      if (!isTensor(value) || value.data instanceof Int32Array) return [name, value]
      return [name, { ...value, data: Float64Array.from(value.data, (entry) => Number(entry.toPrecision(digits))) }]
    }),
  )
}
