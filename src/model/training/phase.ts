import type { Schedule } from './learning-rate'
import type { Recipe } from './recipe'

/** A stretch of steps with its own sums and learning rates; the optimizer begins it with nothing remembered. */
export interface Phase {
  readonly data: Recipe['data']
  readonly schedule: Schedule
  /** Steps of the training before it. */
  readonly before: number
}

/** The main phase and, where the recipe has one, the refinement. */
function phasesOf({ data, schedule, refinement }: Recipe): readonly Phase[] {
  const main = { data, schedule, before: 0 }
  return refinement ? [main, { ...refinement, before: schedule.steps }] : [main]
}

/** The phase of a step, counted from 1. */
export function phaseAt(recipe: Recipe, step: number): Phase {
  return phasesOf(recipe).findLast(({ before }) => step > before)!
}

/** Steps of all phases. */
export function totalSteps(recipe: Recipe): number {
  return phasesOf(recipe).reduce((total, { schedule }) => total + schedule.steps, 0)
}
