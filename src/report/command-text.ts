import type { AnalysisParams } from '../analyses/analysis'
import { formatSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { formatIntervention } from '../model/intervention-text'

/** The command that gives an analysis's numbers: what differs from its defaults is spelled out. */
export function commandText(analysis: string, params: AnalysisParams, config: ModelConfig): string {
  const { sum, dataset, subset, meanOver, mode, side, interventions = [], definition, tensors = [] } = params
  const own = dataset && (dataset.size !== 1000 || dataset.seed !== 42)
  const options = [
    sum && `--sum ${formatSum(sum, config.numDigits)}`,
    own && `--sums ${dataset.size} --seed ${dataset.seed}`,
    subset !== undefined && subset !== 'all' && `--subset '${subset}'`,
    meanOver && `--mean-over ${meanOver}`,
    mode && `--mode ${mode}`,
    side && `--side ${side}`,
    ...interventions.map((intervention) => `--ablate ${formatIntervention(intervention, config)}`),
    definition === 'notebook' && '--definition notebook',
    ...tensors.map((name) => `--tensor ${name}`),
  ]
  return ['npm run -s cli -- analyze', analysis, ...options.filter(Boolean)].join(' ')
}
