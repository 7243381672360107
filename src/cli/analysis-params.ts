import type { Analysis } from '../analyses/analysis'
import { analyses, type AnalysisParams } from '../analyses/registry'
import { BadInput } from '../core/bad-input'
import type { ModelConfig } from '../model/config'
import { analysisOptions, nameOfFlag, type WrittenOptions } from './analysis-options'

const names = Object.keys(analysisOptions) as (keyof AnalysisParams)[]

/** Reads the options for a model. Throws BadInput, also where two of them contradict each other or the analysis. */
export function analysisParams(
  written: WrittenOptions,
  { id, about, parameters }: Analysis,
  config: ModelConfig,
): AnalysisParams {
  if (about === 'sum' && written['sum'] === undefined)
    throw new BadInput(`The analysis "${id}" is about one sum: name it, as in --sum 2968+1606.`)
  for (const name of names) if (!(name in parameters)) refuseWritten(name, written, id)
  const read = names
    .filter((name) => name in parameters)
    .map((name) => [name, analysisOptions[name].read(written, config)] as const)
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

/** Throws BadInput for an option that the analysis would pass over in silence. */
function refuseWritten(name: keyof AnalysisParams, written: WrittenOptions, id: string): void {
  const flags = analysisOptions[name].flags.map(([flag]) => flag)
  const flag = flags.find((one) => written[nameOfFlag(one)] !== undefined)?.split(' ')[0]
  if (flag === undefined) return
  if (name === 'sum')
    throw new BadInput(
      `The analysis "${id}" is not about one sum: leave --sum out, or choose its sums with --sums and --seed.`,
    )
  if (name === 'interventions')
    throw new BadInput(
      `The analysis "${id}" is not about an intervened run, so interventions change nothing: leave them out.`,
    )
  const others = analyses.filter(({ parameters }) => name in parameters).map((other) => `"${other.id}"`)
  throw new BadInput(`The analysis "${id}" has no ${flag} to choose: leave it out; it is for ${others.join(', ')}.`)
}
