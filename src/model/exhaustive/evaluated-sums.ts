import { sumDataset } from '../../core/dataset'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { groupSize, sumAt, sumCount } from './sum-groups'

/** Where there are more sums than this, a sample stands for them. */
const mostSums = 1e8

/** The sample: what `evaluate --sums 1000000 --seed 7` draws. */
export const sumSample = { size: 1_000_000, seed: 7 } as const

/** Whether a layout has so many sums that they are sampled. */
export function isSampled(layout: TaskLayout): boolean {
  return sumCount(layout) > mostSums
}

/** How many sums an evaluation of a layout has, and how many groups. */
export function evaluatedCount(layout: TaskLayout): number {
  return isSampled(layout) ? sumSample.size : sumCount(layout)
}

export function evaluatedGroups(layout: TaskLayout): number {
  return Math.ceil(evaluatedCount(layout) / groupSize)
}

/** The sums by their number: every one there is, or the sample. Groups of a sample share nothing. */
export function evaluatedSums(layout: TaskLayout): (index: number) => Sum {
  if (!isSampled(layout)) return (index) => sumAt(index, layout)
  const sums = sumDataset(sumSample, layout)
  return (index) => sums[index]!
}
