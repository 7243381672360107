import type { Analysis, AnalysisParams, Choice } from '../analyses/analysis'
import { analyses } from '../analyses/registry'
import { BadInput } from '../core/bad-input'
import { parseSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { parseIntervention } from '../model/intervention-text'
import { oneOf, parseWholeNumber } from './option-values'

/** The options of `analyze` that become the analysis's parameters, as written. */
export interface AnalysisOptions {
  readonly sum?: string
  readonly sums?: string
  readonly seed?: string
  readonly subset?: string
  readonly meanOver?: string
  readonly mode?: string
  readonly side?: string
  readonly ablate?: readonly string[]
  readonly definition?: string
  readonly examples?: string
  readonly tensor?: readonly string[]
}

/** Reads the options for a model. Throws BadInput, also where two of them contradict each other or the analysis. */
export function analysisParams(options: AnalysisOptions, analysis: Analysis, config: ModelConfig): AnalysisParams {
  const { id, about } = analysis
  const { sum, sums, seed, subset, meanOver, mode, side, ablate = [], definition, examples, tensor } = options
  if (about === 'sum' && sum === undefined)
    throw new BadInput(`The analysis "${id}" is about one sum: name it, as in --sum 2968+1606.`)
  if (about !== 'sum' && sum !== undefined)
    throw new BadInput(
      `The analysis "${id}" is not about one sum: leave --sum out, or choose its sums with --sums and --seed.`,
    )
  refuseChoices(analysis, { mode, side, examples, tensors: tensor })
  return {
    ...(sum !== undefined && { sum: parseSum(sum, config.numDigits) }),
    ...(about !== 'weights' && { dataset: datasetOf(sums, seed) }),
    ...(subset !== undefined && { subset }),
    ...(meanOver !== undefined && { meanOver: oneOf(['subset', 'all'] as const, 'choice for --mean-over', meanOver) }),
    ...(mode !== undefined && { mode: oneOf(['zero', 'mean', 'resample'] as const, 'mode', mode) }),
    ...(side !== undefined && { side: oneOf(['write', 'read'] as const, 'side', side) }),
    ...(ablate.length > 0 && { interventions: ablate.map((text) => parseIntervention(text, config)) }),
    ...(definition !== undefined && {
      definition: oneOf(['corrected', 'notebook'] as const, 'definition', definition),
    }),
    ...(examples !== undefined && { examples: parseWholeNumber(examples, 'The number of examples', 1, 20_000) }),
    ...(tensor !== undefined && { tensors: tensor }),
  }
}

/** Throws BadInput for a choice that the analysis would pass over in silence. */
function refuseChoices({ id, choices = [] }: Analysis, given: Readonly<Record<Choice, unknown>>): void {
  for (const choice of Object.keys(given) as Choice[]) {
    if (given[choice] === undefined || choices.includes(choice)) continue
    const option = choice === 'tensors' ? 'tensor' : choice
    const others = analyses.filter((other) => other.choices?.includes(choice)).map((other) => `"${other.id}"`)
    throw new BadInput(
      `The analysis "${id}" has no --${option} to choose: leave it out; it is for ${others.join(', ')}.`,
    )
  }
}

function datasetOf(sums = '1000', seed = '42') {
  return {
    size: parseWholeNumber(sums, 'The number of sums', 1, 1_000_000),
    seed: parseWholeNumber(seed, 'The seed', 0, 0xffffffff),
  }
}
