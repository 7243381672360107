import type { ThisSum } from '../../charts/this-sum'
import type { Explorer } from '../state/explorer.svelte'

/** The sum on screen as the lab's figures mark it: without the transplant and with it. Null before the first answer. */
export function benchSum({ lab, session }: Explorer): ThisSum | null {
  const { own, transplanted } = lab
  const { answered } = lab.live
  if (!own || !answered) return null
  const clean = session.analysis.interventions.length > 0 ? 'intervened' : 'clean'
  if (!transplanted) return { sum: answered.sum, clean: own, now: own, names: { clean, now: clean } }
  const now = lab.previews ? 'preview' : 'transplanted'
  return { sum: answered.sum, clean: own, now: transplanted, names: { clean, now } }
}
