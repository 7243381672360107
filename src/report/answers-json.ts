import type { AnalysisResult } from '../analyses/analysis'
import { answerToJson } from '../contract/answer-json'
import { isTensor } from '../contract/tensor-json'
import type { Report } from './report'

/** Significant digits of every number: as many as float32 activations carry. */
const digits = 6

/**
 * A report's answers as a JSON array, one piece for each: as `analyze --json` writes it, with numbers rounded to six
 * significant digits.
 */
export function* answersPieces({ model, answers }: Pick<Report, 'model' | 'answers'>): Generator<string> {
  yield '[\n'
  for (const [index, { analysis, params, result }] of answers.entries()) {
    const answer = answerToJson(analysis, model, params, rounded(result))
    yield `${JSON.stringify(answer)}${index < answers.length - 1 ? ',' : ''}\n`
  }
  yield ']\n'
}

function rounded(result: AnalysisResult): AnalysisResult {
  return Object.fromEntries(
    Object.entries(result).map(([name, value]) => {
      if (!isTensor(value) || value.data instanceof Int32Array) return [name, value]
      return [name, { ...value, data: Float64Array.from(value.data, toDigits) }]
    }),
  )
}

/** By arithmetic rather than by way of text, which takes ten times as long. */
function toDigits(value: number): number {
  // Nothing is left to round of zero, and the power of ten that the least probabilities would need is beyond all numbers.
  if (Math.abs(value) < 1e-300 || !Number.isFinite(value)) return value
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)))
  // Powers of ten are exact only where they are whole.
  const factor = 10 ** Math.abs(places)
  return places >= 0 ? Math.round(value * factor) / factor : Math.round(value / factor) * factor
}
