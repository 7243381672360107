import type { AnalysisParams } from '../analyses/analysis'
import { formatSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { formatIntervention } from '../model/intervention-text'

/**
 * The command that gives an analysis's numbers: what differs from its defaults is spelled out. `path` is the model's file,
 * where it shall be named.
 */
export function commandText(
  analysis: string,
  params: AnalysisParams,
  config: ModelConfig,
  path: string | null = null,
): string {
  const { sum, dataset, subset, meanOver, mode, side, interventions = [], definition, examples, tensors = [] } = params
  const own = dataset && (dataset.size !== 1000 || dataset.seed !== 42)
  const options = [
    path !== null && `--model ${inShell(path)}`,
    sum && `--sum ${formatSum(sum, config.numDigits)}`,
    own && `--sums ${dataset.size} --seed ${dataset.seed}`,
    subset !== undefined && subset !== 'all' && `--subset ${inShell(subset)}`,
    meanOver && `--mean-over ${meanOver}`,
    mode && `--mode ${mode}`,
    side && `--side ${side}`,
    ...interventions.map((intervention) => `--ablate ${formatIntervention(intervention, config)}`),
    definition === 'notebook' && '--definition notebook',
    examples !== undefined && `--examples ${examples}`,
    ...tensors.map((name) => `--tensor ${name}`),
  ]
  return ['npm run -s cli -- analyze', analysis, ...options.filter(Boolean)].join(' ')
}

/** A word that a shell takes as it is, in quotes where it would not. */
function inShell(word: string): string {
  return /^[\w./:@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
