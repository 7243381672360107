import type { AnalysisParams } from '../analyses/registry'
import { formatSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { formatIntervention } from '../model/intervention-text'

/** A model as numbers are said to be of it: by name, and by what tells its weights from others'. */
export function modelText({ name, sha256 }: { readonly name: string; readonly sha256: string }): string {
  return `${name} (SHA-256 ${sha256.slice(0, 8)}…)`
}

const meanSetTexts = { subset: 'the subset', all: 'all sums', reference: 'the reference set' } as const

/**
 * What an answer is about, in words: the sum or the sums, what was done to the model, and in which way where there are several.
 * Parameters as `spelledOut` has them.
 */
export function subjectText(params: AnalysisParams, config: ModelConfig): string {
  const { definition, mode, side, meanOver } = params
  return [
    sumsText(params, config),
    interventionsText(params, config),
    mode && `replaced by: ${mode}`,
    side && `at what each head ${side === 'read' ? 'reads' : 'writes'}`,
    meanOver && `means over ${meanSetTexts[meanOver]}`,
    definition === 'notebook' && 'as the notebook defines it',
  ]
    .filter(Boolean)
    .join('; ')
}

/** The sums alone: `2968+1606`, or `1000 sums, seed 42, subset carries`; empty for the weights. */
function sumsText({ sum, dataset, subset }: AnalysisParams, config: ModelConfig): string {
  if (sum) return formatSum(sum, config.layout)
  if (!dataset) return ''
  const { size, seed } = dataset
  const chosen = subset === undefined || subset === 'all' ? '' : `, subset ${subset}`
  return `${size} ${size === 1 ? 'sum' : 'sums'}, seed ${seed}${chosen}`
}

/** The interventions alone, as the command line takes them. */
function interventionsText({ interventions = [] }: AnalysisParams, config: ModelConfig): string {
  if (interventions.length === 0) return 'no interventions'
  return `interventions ${interventions.map((one) => formatIntervention(one, config)).join(' ')}`
}
