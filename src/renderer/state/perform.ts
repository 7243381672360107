import type { Act } from '../../charts/figure'
import { digitsOfSum } from '../../session/session'
import type { Explorer } from './explorer.svelte'
import { withInterventions } from './switches'

/** Does what a click on a figure promised: one step that can be undone. What concerns one sum is then looked at in Explore. */
export function perform(explorer: Explorer, { interventions, sum, subset, head, focus, chosen }: Act): void {
  const { session, config } = explorer
  session.change({
    ...(interventions && { interventions: withInterventions(session.analysis.interventions, interventions) }),
    ...(sum && { digits: digitsOfSum(sum, config.layout) }),
    ...(subset !== undefined && { subset }),
    ...(focus !== undefined && { focus }),
  })
  if (chosen) session.show({ parts: { ...session.view.parts, ...chosen } })
  if (head) explorer.openHead(head)
  else if (interventions ?? sum) session.show({ workspace: 'explore' })
}
