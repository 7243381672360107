import { oneName, runName, usualNames } from './drawing/run-names'
import type { Answer } from './figure'

/** The run that a figure shows, and the clean one beside it where the surroundings know that too; else that run as both. */
export function bothRuns<Result, Run>(
  { result, params, clean, names = usualNames }: Pick<Answer<Result>, 'result' | 'params' | 'clean' | 'names'>,
  read: (result: Result) => Run,
) {
  const { interventions = [] } = params
  const now = read(result)
  const both = { now, clean: clean && clean !== result ? read(clean) : now }
  return { ...both, intervened: both.clean !== now, names: clean ? names : oneName(runName({ interventions })) }
}
