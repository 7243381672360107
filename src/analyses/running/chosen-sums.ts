import { sumDataset, type DatasetChoice } from '../../core/dataset'
import { sumsOfSubset } from '../../core/subset'
import { checkSum } from '../../core/sum-text'
import type { Sum } from '../../core/sum'
import { defaultDataset, type TaskLayout } from '../../core/task-layout'
import type { Schedule } from '../analysis'
import type { OneSumParams, RunSumsParams, SumsParams } from '../parameters'
import type { SumSets } from './replacement-sources'

/** The sums a dataset analysis is about. Throws BadInput where the dataset is impossible or the subset is empty. */
export function chosenSums(
  { dataset = defaultDataset, subset = 'all' }: SumsParams,
  layout: TaskLayout,
  { first }: Schedule = {},
): readonly Sum[] {
  return sumsOfSubset(drawnSums(dataset, layout), subset, layout).slice(0, first)
}

/** The same with the sums that means are taken over, for an analysis that runs them. */
export function chosenSets(params: RunSumsParams, layout: TaskLayout, schedule: Schedule = {}): SumSets {
  const sums = chosenSums(params, layout, schedule)
  const { meanOver, dataset = defaultDataset } = params
  if (meanOver === 'reference') return { sums, meanSums: sumDataset(defaultDataset, layout) }
  return { sums, meanSums: meanOver === 'all' ? drawnSums(dataset, layout).slice(0, schedule.first) : sums }
}

/** The sum a one-sum analysis is about, with the sums that means are taken over. Throws BadInput for one that is too long. */
export function chosenSum(
  { sum, dataset = defaultDataset, subset = 'all' }: OneSumParams,
  layout: TaskLayout,
): SumSets & { readonly sum: Sum } {
  checkSum(sum, layout)
  return { sum, sums: [sum], meanSums: chosenSums({ dataset, subset }, layout) }
}

let drawnLast: { readonly key: string; readonly sums: readonly Sum[] } | undefined

/** One analysis after another is about the same sums, and a million of them take 50 MB: the last set is drawn only once. */
function drawnSums(choice: DatasetChoice, layout: TaskLayout): readonly Sum[] {
  const key = JSON.stringify([choice.size, choice.seed, layout])
  if (drawnLast?.key !== key) {
    // So that the two are not in memory together.
    drawnLast = undefined
    drawnLast = { key, sums: sumDataset(choice, layout) }
  }
  return drawnLast.sums
}
