import { z } from 'zod'
import { BadInput } from '../core/bad-input'
import type { Analysis } from './analysis'
import { analyses, type AnalysisParams } from './registry'

/**
 * Whether an analysis can be told all of this. Throws BadInput for a parameter that it lacks or has not, so that nothing that
 * was asked is passed over in silence.
 */
export function checkParams(analysis: Analysis, params: AnalysisParams): void {
  for (const name of Object.keys(params) as (keyof AnalysisParams)[])
    if (params[name] !== undefined && !(name in analysis.parameters)) throw new BadInput(refusal(analysis.id, name))
  if ('sum' in analysis.parameters && params.sum === undefined)
    throw new BadInput(`The analysis "${analysis.id}" is about one sum: name it, as in --sum 2968+1606.`)
  const checked = z.strictObject(analysis.parameters).safeParse(params, { reportInput: true })
  if (checked.success) return
  const { path, message, input } = checked.error.issues[0]!
  const found = input === undefined ? '' : ` is ${JSON.stringify(input).slice(0, 40)}, which`
  throw new BadInput(
    `The parameter "${path.join('.')}" of the analysis "${analysis.id}"${found} does not fit: ${message}; choose another value.`,
  )
}

/** Why an analysis takes no such parameter. */
function refusal(id: string, name: keyof AnalysisParams): string {
  const why: Partial<Record<keyof AnalysisParams, string>> = {
    sum: 'is not about one sum: leave the sum out, or choose its sums by number and seed',
    interventions: 'is not about an intervened run, so interventions change nothing: leave them out',
    subset: 'is not about a data set, so a subset has no meaning: leave it out',
    dataset: 'is about the weights alone, so a data set has no meaning: leave it out',
    definition: 'agrees with the published figures, so there is no other definition: leave it out',
  }
  if (why[name] !== undefined) return `The analysis "${id}" ${why[name]}.`
  const others = analyses.filter((other) => name in other.parameters).map((other) => `"${other.id}"`)
  return `The analysis "${id}" has no parameter "${name}": leave it out; it is for ${others.join(', ')}.`
}
