import type { AnalysisParams } from '../analyses/registry'
import { oneName, runName, usualNames } from './drawing/run-names'
import type { Around } from './figure'

/** The run that a figure shows, and the clean one beside it where the surroundings know that too; else that run as both. */
export function bothRuns<Result, Run>(
  result: Result,
  { interventions = [] }: Pick<AnalysisParams, 'interventions'>,
  { clean, names = usualNames }: Pick<Around<Result>, 'clean' | 'names'>,
  read: (result: Result) => Run,
) {
  const now = read(result)
  const both = { now, clean: clean && clean !== result ? read(clean) : now }
  return { ...both, intervened: both.clean !== now, names: clean ? names : oneName(runName({ interventions })) }
}
