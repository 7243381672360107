import type { Progress } from '../../contract/contract'
import { countText, counted } from '../../core/counted'

/** How far a sweep has come and what is shown of it meanwhile: `256 of 1000 sums`, `estimate from 48 sums`. */
export function progressText(progress: Progress | null, look: number | null = null): string {
  if (look !== null) return `estimate from ${counted(look, 'sum')}`
  if (!progress) return ''
  const sums = (runs: number) => Math.round(runs / (progress.runsPerSum ?? 1))
  return `${countText(sums(progress.done))} of ${counted(sums(progress.total), 'sum')}`
}
