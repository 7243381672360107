import type { Act } from '../../charts/figure'
import { digitsOfSum } from '../../session/session'
import type { AnalysisState } from '../../session/session'
import type { Explorer } from './explorer.svelte'
import { isSameMean } from '../../session/mean-set'
import { withInterventions } from './switches'

/** Does what a click on a figure promised: one step that can be undone. What concerns one sum is then looked at in Explore. */
export function perform(explorer: Explorer, act: Act): void {
  const { interventions, sum, subset, head, focus, chosen, alone = false } = act
  const { session, config } = explorer
  session.change({
    ...(interventions && {
      interventions: alone ? interventions : withInterventions(session.analysis.interventions, interventions),
    }),
    ...meansAlong(explorer, act),
    ...(sum && { digits: digitsOfSum(sum, config.layout) }),
    ...(subset !== undefined && { subset }),
    ...(focus !== undefined && { focus }),
  })
  // What was clicked is the difference from the clean run.
  if (alone) session.show({ against: 'clean' })
  if (chosen) session.show({ parts: { ...session.view.parts, ...chosen } })
  if (head) explorer.openHead(head)
  else if (interventions ?? sum) session.show({ workspace: 'explore' })
}

/** What means are over changes only where that changes a number: a choice for the sums of now may not suit those of later. */
function meansAlong({ session, model }: Explorer, { subset, meanOver }: Act): Pick<Partial<AnalysisState>, 'meanOver'> {
  if (meanOver === undefined) return {}
  const then = { ...session.analysis, ...(subset !== undefined && { subset }) }
  return isSameMean(then, { ...then, meanOver }, model.reference) ? {} : { meanOver }
}
