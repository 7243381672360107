import type { ModelInfo } from '../contract/contract'
import { counted } from '../core/counted'
import type { AnalysisState } from './session'

/** What means are taken over, chosen once for everything on screen. */
export type MeanSet = AnalysisState['meanOver']

type Chosen = Pick<AnalysisState, 'dataset' | 'subset' | 'meanOver'>
type Reference = ModelInfo['reference']

export const meanSetNames: Readonly<Record<MeanSet, string>> = {
  reference: 'the reference set',
  all: 'all sums drawn',
  subset: 'the chosen subset',
}

/** The sums themselves. */
export function meanSums({ dataset, subset, meanOver }: Chosen, { size, seed }: Reference) {
  if (meanOver === 'reference') return { dataset: { size, seed }, subset: 'all' }
  return { dataset, subset: meanOver === 'all' ? 'all' : subset }
}

/** The sums in words: `carries of 1000 sums, seed 42`. */
export function meanSumsText(chosen: Chosen, reference: Reference): string {
  const { dataset, subset } = meanSums(chosen, reference)
  const drawn = `${counted(dataset.size, 'sum')}, seed ${dataset.seed}`
  return subset === 'all' ? drawn : `${subset} of ${drawn}`
}

/** Whether two choices come to the same sums. */
export function isSameMean(one: Chosen, other: Chosen, reference: Reference): boolean {
  const [sums, others] = [meanSums(one, reference), meanSums(other, reference)]
  const { dataset, subset } = sums
  return dataset.size === others.dataset.size && dataset.seed === others.dataset.seed && subset === others.subset
}

/** The choice as an analysis of many sums is told it: nothing where it is what that does by itself. */
export function meanOverOf(chosen: Chosen, reference: Reference): { readonly meanOver?: MeanSet } {
  return isSameMean(chosen, { ...chosen, meanOver: 'subset' }, reference) ? {} : { meanOver: chosen.meanOver }
}

/** The choice as a single sum's run is told it: nothing where it is the reference set. */
export function meansOf(chosen: Chosen, reference: Reference) {
  const isReference = isSameMean(chosen, { ...chosen, meanOver: 'reference' }, reference)
  return isReference ? {} : { means: meanSums(chosen, reference) }
}

/** The sums of a state with the choice, as figures are asked about them. */
export function setsOf(chosen: Chosen, reference: Reference) {
  const { dataset, subset } = chosen
  return { dataset, subset, ...meanOverOf(chosen, reference), ...meansOf(chosen, reference) }
}
