import type { Table } from '../../charts/drawing/table'
import type { Explorer } from '../state/explorer.svelte'
import { cloudQuestion } from './questions'

/** A row for each checkpoint whose circle is known: how much of the centroids' variance its plane and the first frequency hold. */
export function filmTable(explorer: Explorer): Table | null {
  const { film } = explorer.training
  const rows = film.subjects.flatMap((subject) => {
    const result = film.answers.of(cloudQuestion(explorer, subject))
    if (!result) return []
    const [stages, digits] = result.variance.shape as [number, number]
    const at = (stages - 1) * digits + Math.min(explorer.focus, digits - 1)
    return [[subject.step ?? NaN, result.variance.data[at]!, result.frequency1.data[at]!]]
  })
  if (rows.length === 0) return null
  const columns = ['step', 'variance in the plane', 'frequency 1']
  return { caption: 'Checkpoints', columns, units: ['', 'share', 'share'], rows }
}
