import { BadInput } from '../../core/bad-input'
import type { AnalysisParams } from '../analysis'

/** For analyses of the weights, the sums or clean runs: throws BadInput where interventions were given, which they cannot show. */
export function refuseInterventions(id: string, { interventions = [] }: AnalysisParams): void {
  if (interventions.length > 0)
    throw new BadInput(
      `The analysis "${id}" is not about an intervened run, so interventions change nothing: leave them out.`,
    )
}
