import { BadInput } from '../../core/bad-input'
import { sumDataset, type DatasetChoice } from '../../core/dataset'
import { sumsOfSubset } from '../../core/subset'
import { checkSum, formatSum } from '../../core/sum-text'
import type { Sum } from '../../core/sum'
import type { AnalysisParams } from '../analysis'
import type { SumSets } from './replacement-sources'

/** The published dataset: used wherever none is named, and the set that one-sum views take means over. */
export const defaultDataset: DatasetChoice = { size: 1000, seed: 42 }

/** The sums a dataset analysis is about. Throws BadInput where the dataset is impossible, the subset is empty or a single sum was given as well. */
export function chosenSums(params: AnalysisParams, numDigits: number): SumSets {
  if (params.sum)
    throw new BadInput(
      `This analysis runs a dataset, but the single sum ${formatSum(params.sum, numDigits)} was given: leave it out.`,
    )
  const { first, meanOver, subset = 'all' } = params
  const whole = drawnSums(params.dataset ?? defaultDataset, numDigits)
  const few = (sums: readonly Sum[]) => (first === undefined ? sums : sums.slice(0, first))
  const sums = few(sumsOfSubset(whole, subset, numDigits))
  return { sums, meanSums: meanOver === 'all' ? few(whole) : sums }
}

/** The sum a one-sum analysis is about, with the reference set that means are taken over. Throws BadInput without one. */
export function chosenSum(params: AnalysisParams, numDigits: number): SumSets & { readonly sum: Sum } {
  const { sum, subset = 'all' } = params
  if (!sum) throw new BadInput('This analysis is about one sum, but none was given: name one, as in 2968+1606.')
  checkSum(sum, numDigits)
  if (subset !== 'all')
    throw new BadInput(`This analysis is about one sum, so the subset "${subset}" has no meaning: leave it out.`)
  return { sum, sums: [sum], meanSums: drawnSums(params.dataset ?? defaultDataset, numDigits) }
}

let drawnLast: { readonly key: string; readonly sums: readonly Sum[] } | undefined

/** One analysis after another is about the same sums, and a million of them take 50 MB: the last set is drawn only once. */
function drawnSums(choice: DatasetChoice, numDigits: number): readonly Sum[] {
  const key = JSON.stringify([choice.size, choice.seed, numDigits])
  if (drawnLast?.key !== key) {
    // So that the two are not in memory together.
    drawnLast = undefined
    drawnLast = { key, sums: sumDataset(choice, numDigits) }
  }
  return drawnLast.sums
}
