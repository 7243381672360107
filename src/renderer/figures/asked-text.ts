import type { AnalysisParams } from '../../analyses/registry'
import type { AnyFigure } from '../../charts/figure'
import { counted } from '../../core/counted'
import { formatSum } from '../../core/sum-text'
import { formatIntervention } from '../../model/intervention-text'
import type { ModelInfo } from '../../contract/contract'

/** What a figure was asked about, in words: its sum or sums with the hash of their tokens, and the interventions that act. */
export function askedText(
  { about }: AnyFigure,
  { sum, dataset, subset = 'all', mode, meanOver = 'subset', interventions = [] }: AnalysisParams,
  { config, reference }: ModelInfo,
): string {
  const acting = interventions.map((one) => formatIntervention(one, config))
  const { size, seed } = dataset ?? reference
  const isReference = size === reference.size && seed === reference.seed
  const hash = isReference ? `, SHA-256 ${reference.sha256.slice(0, 12)}… of their tokens` : ''
  const sums = `${counted(size, 'sum')}, seed ${seed}${hash}`
  const means = { reference: 'the reference set', all: 'all sums drawn', subset: 'these sums' }[meanOver]
  const { size: ofReference, seed: seedOfReference } = reference
  const meanText =
    meanOver === 'reference' ? `${means}, ${counted(ofReference, 'sum')}, seed ${seedOfReference}` : means
  const parts = [
    about === 'sum' && sum && formatSum(sum, config.layout),
    about === 'dataset' && (subset === 'all' ? sums : `${subset} of ${sums}`),
    mode && `${mode} ablation`,
    acting.length > 0 && `under ${acting.join(', ')}`,
    about === 'dataset' &&
      (mode === 'mean' || acting.some((each) => each.endsWith(':mean'))) &&
      `means over ${meanText}`,
    about === 'sum' &&
      acting.some((each) => /:mean$|:resample/.test(each)) &&
      `replacements from ${subset === 'all' ? sums : `${subset} of ${sums}`}`,
  ]
  return parts.filter(Boolean).join('; ')
}
