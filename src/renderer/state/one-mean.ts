import type { AnalysisParams } from '../../analyses/registry'
import type { Intervention } from '../../model/intervention'
import type { AnalysisState } from '../../session/session'

/**
 * What statistics have to be told so that they replace by the same mean as the sum on screen: that of the reference set,
 * whatever sums they are over. Nothing where no mean is taken, or where the sums are the reference set.
 */
export function oneMean(
  { dataset, subset }: Pick<AnalysisState, 'dataset' | 'subset'>,
  interventions: readonly Pick<Intervention, 'mode'>[],
  reference: AnalysisState['dataset'],
): Pick<AnalysisParams, 'meanOver'> {
  const isReference = subset === 'all' && dataset.size === reference.size && dataset.seed === reference.seed
  return !isReference && interventions.some(({ mode }) => mode === 'mean') ? { meanOver: 'reference' } : {}
}
